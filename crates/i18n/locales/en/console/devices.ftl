### Mobile devices: the list.

## Search, filters and order

search-devices = Search name, email, device, serial number
any-status = Any status
platform = Platform
any-platform = Any platform
ownership = Ownership
any-ownership = Any ownership
any-contact = Any last contact
contact-day = More than a day ago
contact-week = More than a week ago
contact-month = More than a month ago
order = Order
sort-newest = Newest first
sort-oldest = Oldest first
sort-name = Name A–Z
sort-name-desc = Name Z–A
sort-contact = Longest without contact
sort-contact-desc = Most recent contact first
sort-status = Status, earliest step first
sort-status-desc = Status, latest step first
sort-attention = Stuck longest
# The filter by one person, until their name is known: “Person: selected”.
one-person = selected

## The list

devices-caption = Devices, and invitations that wait for one
no-devices = No devices yet
no-devices-text = Invite someone. The invitation appears here and turns into a device as soon as one connects.
no-match-devices = No rows match the search and filters.
renewed-at = Renewed { $time }, no response yet
renew-all = Renew all
resend-to-all = Resend to all
operate = Locate, lock, wipe…

## Why an action is not available

mail-on-its-way = An email is already on its way.
mail-delayed = Mail delayed
nothing-to-renew = The device works, so there is nothing to renew.
invitation-not-active = The invitation is no longer active.
device-is-enrolled = A device is enrolled. Find the credentials in Invitations.

## Confirmations

ask-deactivate = Deactivate this invitation?
ask-deactivate-text = Its QR code, URL and PIN stop working immediately. Devices that are already enrolled stay enrolled.
ask-delete = Delete this device?
ask-delete-text = It disappears from the console, and its agent can no longer report. The device itself is not wiped.
ask-delete-with-wipe = A wipe is waiting for this device. If you delete the device, the wipe is canceled, and its data stays on it.
