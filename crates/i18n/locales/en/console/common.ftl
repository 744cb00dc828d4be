### Words that many pages share.

## Buttons

cancel = Cancel
done = Done
save = Save
close = Close
dismiss = Dismiss
try-again = Try again
details = Details
invite-people = Invite people
show-credentials = Show credentials
correct-email = Correct email
send = Send
resend = Resend
renew = Renew
deactivate = Deactivate
delete = Delete
copy = Copy the { $what }
copied = Copied
copy-by-hand = Select the text and copy it manually

## Things and their fields

mobile-devices = Mobile devices
invitations = Invitations
people = People
device = Device
person = Person
invitation = Invitation
devices = Devices
status = Status
state = State
name = Name
email = Email
language = Language
unnamed-device = Unnamed device
# In place of a device's name.
pending-name = Pending…
# A device without a name, in a sentence: “Waiting for the device of Ada.”
device-of = the device of { $person }
count-rows =
    { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
count-devices =
    { $count ->
        [one] { $count } device
       *[other] { $count } devices
    }
count-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
count-invitations =
    { $count ->
        [one] { $count } invitation
       *[other] { $count } invitations
    }

## Time

just-now = just now
minutes-ago = { $count } min ago
hours-ago = { $count } h ago
days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
in-minutes = in { $count } min
in-hours = in { $count } h
in-days =
    { $count ->
        [one] in { $count } day
       *[other] in { $count } days
    }
last-contact = Last contact
# $time is when: “5 min ago”.
sent-at = Sent { $time }
opened-at = Opened { $time }
created-at = Created { $time }
last-contact-at = Last contact { $time }
none = None
