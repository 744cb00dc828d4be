### States and other words of the domain, the same on every page.

## Of an invitation

state-created = Not sent
state-queued = Sending…
state-sent = Sent
state-opened = Opened
state-deactivated = Deactivated
state-replaced = Replaced
state-expired = Expired

## Of a device

status-pending = Pending…
status-enrolling = Enrolling
status-active = Active MDM
status-permissions-lost = Permissions lost
status-not-synchronizing = Not synchronizing
status-unenrolled = Unenrolled
status-wiped = Wiped
status-replaced = Enrolled again

## Of a command

command-requested = Requested
command-delivered = Delivered
command-acknowledged = Acknowledged
command-completed = Done
command-failed = Failed
command-expired = Expired
command-cancelled = Cancelled

## Ownership

ownership-company = Company
ownership-personal = Personal

## Steps of an enrollment

step-contacted = Connected
step-permissions = Permissions
step-admin = Device administration
step-inventory = Technical information
step-done = Finished
# “Step 3 of 5 · Technical information”.
step-of = Step { $number } of { $count } · { $label }
# $names is a list: “location, notifications”.
missing = Missing: { $names }

## What may be missing, within a list

missing-location = location
missing-notifications = notifications
missing-device-admin = device admin
missing-inventory = technical information

## Why a row is stuck

needs-attention = Needs attention
any-cause = any cause
cause-mail-failed = Mail failed
cause-not-opened = Sent but not opened
cause-no-device = Opened but no device
cause-push-certificate = No push certificate
cause-pending = Pending
cause-permissions-lost = Permissions lost
cause-not-synchronizing = Not synchronizing
cause-renewed-without-effect = Renewed without effect
cause-seen-twice = Same device twice
cause-not-reachable = Not reachable
cause-old-topic = Old push certificate
cause-certificate-expires = Certificate expires
cause-turned-away = Devices turned away

## What all rows of a cause have in common

all-mail-failed = The mail server rejected the invitation. Correct the email address, and the invitation is sent again.
all-not-opened = The email was delivered days ago, but nobody has opened the invitation.
all-no-device = Someone opened the invitation, but no device has connected since.
all-push-certificate = These people chose an iPhone or iPad. None can be enrolled until there is a push certificate.
all-pending = The enrollment started and then stopped. A renewal email leads the person through it again.
all-permissions-lost = The agent lost permissions that it needs. A renewal email asks the person to grant them again.
all-not-synchronizing = The device has been out of contact for too long. A renewal email asks the person to open the agent.
all-renewed-without-effect = A renewal email was sent, but the device has not come back. Talk to the person.
all-seen-twice = Two devices in use have the same serial number or IMEI. Compare them, and delete the one that is no longer used.
all-not-reachable = Apple says that these devices no longer take pushes: they were erased, or their profile is gone. Renew them.
all-old-topic = These devices were enrolled with another push certificate and cannot be reached with the present one. They have to enroll again.
all-certificate-expires = The certificates of these devices are about to expire, and they did not renew them. Renew them.

## Why one row is stuck

# $reason is in the mail server's words.
why-mail-failed = The email to { $email } was not delivered: { $reason }
why-not-opened = The email was delivered, but nobody has opened the invitation.
why-no-device = The invitation was opened, but no device has connected.
why-push-certificate = The person chose an iPhone or iPad. None can be enrolled until there is a push certificate.
why-pending = The enrollment stopped at “{ $step }”.
# $error is in the agent's words.
why-pending-error = The enrollment stopped at “{ $step }”: { $error }
why-permissions-lost = The agent no longer has: { $names }.

## What to do about it

next-correct-email = Correct the email
next-contact = Contact the person
next-compare = Show the other device
next-set-up-apple = Set up Apple devices
why-not-synchronizing = The device has been out of contact for too long.
why-renewed-without-effect = A renewal email was sent, but the device has not come back.
why-seen-twice = Another device in use has the same serial number or IMEI.
why-not-reachable = Apple says that this device no longer takes pushes: it was erased, or its profile is gone.
why-old-topic = This device was enrolled with another push certificate and cannot be reached with the present one. It has to enroll again.
why-certificate-expires = The certificate of this device is about to expire, and the device did not renew it. Without one it cannot be managed.
why-turned-away = Too many devices enrolled with this invitation within an hour, and more were turned away. If you are setting up many devices, lift the limit. If not, someone else has the link: deactivate the invitation.
