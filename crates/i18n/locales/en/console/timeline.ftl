### Timeline entries.

## Who did it

by-script = script “{ $name }”
by-person = the person

## People and invitations

event-person-added = Person added: { $name }, { $email }
event-person-changed = Person corrected: { $name }, { $email }
event-invitation-created = Invitation created
event-invitation-mail-queued = Invitation email queued
event-renewal-mail-queued = Renewal email queued
event-mail-delayed = Email not delivered yet, trying again
event-invitation-mail-sent = Invitation email sent to { $email }
event-renewal-mail-sent = Renewal email sent to { $email }
event-invitation-mail-refused = Invitation email to { $email } was rejected
event-renewal-mail-refused = Renewal email to { $email } was rejected
event-fetched = Link fetched, with no sign of a person
event-opened-accepted = Invitation opened: accepted on the landing page
event-opened-interaction = Invitation opened: someone used the landing page
event-opened-credential = Invitation opened: a device used the credentials
event-accepted-company = Invitation accepted for a company device, { $platform }
event-accepted-personal = Invitation accepted for a personal device, { $platform }
event-deactivated = Invitation deactivated
event-replaced = Invitation replaced by a newer one
event-turned-away = Limit of { $count } per hour reached: more devices were turned away
event-pace-lifted = Limit on devices lifted
event-expired = Invitation expired
event-credentials-shown = Credentials viewed
event-handed-over = Row taken over by the new invitation
event-invitation-again = The row shows the invitation again
event-closed = No longer listed

## Devices

event-contacted = First contact: { $name }
event-reenrolled = Enrolled again: { $name }
# In place of the name of a device that reported none.
some-device = device
event-began = Enrollment started
event-step = Step { $number } of { $count }: { $label }
event-inventory = Technical information received
event-activated = Enrolled: all required information is in
event-stalled = Enrollment stopped at “{ $step }”
event-permissions-lost = Permissions lost: { $names }
event-permissions-restored = All permissions are back
event-contact-lost = No contact since { $time }
event-contact-restored = In contact again
event-renewal-requested = Renewal requested
event-rebound = Moved to the newer invitation
event-secret = The agent switched to a new secret
event-lost-began = The device is in lost mode
event-lost-ended = The device is no longer in lost mode
event-unenrolled = Unenrolled by the device
event-unenrolled-by-admin = Management removed by an admin
event-enrolled-elsewhere = Enrolled for another person
event-certificate-renewed = Device certificate renewed
event-certificate-misused = Another device used its certificate and was refused
event-not-reachable = Not reachable: Apple no longer delivers pushes to it
event-old-topic = Enrolled with an old push certificate: cannot be reached
event-reachable = Reachable again
event-wiped = The device was wiped
event-device-replaced = The same person enrolled this device again: it has a newer row
event-recognised = Recognized as a device that was enrolled before
event-same-hardware = Another device in use has the same serial number or IMEI
event-same-hardware-gone = No other device has this serial number or IMEI any more
event-deleted = Device deleted: { $name }
unnamed = unnamed

## Commands

command-lock = Lock
command-wipe = Wipe
command-locate = Locate
command-ring = Ring
command-message = Message
command-lost-mode = Lost mode
command-end-lost-mode = End of lost mode
command-refresh = Refresh
command-secret = Secret change
command-unenroll = Remove management
event-command-requested = { $command } requested
event-command-delivered = { $command } received by the device
event-command-acknowledged = { $command } in progress
event-command-completed = { $command } done
event-command-failed = { $command } failed
event-command-expired = { $command } expired before the device checked in
event-command-cancelled = { $command } cancelled
event-command-late = { $command } done after it had expired
event-command-done-cancelled = { $command } done although it was cancelled
