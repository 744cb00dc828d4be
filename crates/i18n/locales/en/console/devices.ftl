### Mobile devices: the list.

## Search, filters and order

search-devices = Search name, email, device, serial number
any-status = Any status
platform = Platform
any-platform = Any platform
ownership = Ownership
any-ownership = Any ownership
any-contact = Any contact
contact-day = Not for a day
contact-week = Not for a week
contact-month = Not for a month
order = Order
sort-newest = Newest first
sort-oldest = Oldest first
sort-name = Name A–Z
sort-name-desc = Name Z–A
sort-contact = Longest without contact
sort-contact-desc = Latest contact
sort-status = Status, first steps first
sort-status-desc = Status, last steps first
sort-attention = Stuck for longest
# The filter by one person, whose name is not known here: “Person: one”.
one-person = one

## The list

devices-caption = Invitations that wait for a device, and devices
no-devices = No devices yet
no-devices-text = Invite someone: the invitation is listed here and becomes the device once it answers.
no-match-devices = No row fits the search and the filters.
renewed-at = Renewed { $time }, no answer yet
renew-all = Renew all
resend-to-all = Resend to all

## Why something is not offered

mail-on-its-way = A mail is on its way already.
nothing-to-renew = The device works: there is nothing to renew.
invitation-not-active = The invitation is no longer active.
device-is-enrolled = A device is enrolled. See Invitations.

## Questions

ask-deactivate = Deactivate this invitation?
ask-deactivate-text = Its QR code, URL and PIN stop working at once. Devices that are enrolled stay enrolled.
ask-delete = Delete this device?
ask-delete-text = It leaves the console and its agent can no longer report. The device itself is not erased.
