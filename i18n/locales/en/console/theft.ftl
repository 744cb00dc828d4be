### The page of a device: what can be asked of it, lost mode, and what is known at a glance.

## Operations

operations = Operations
op-end-lost-mode = End lost mode
op-unenrolled = The device is unenrolled.
op-needs-owner = Needs an agent that owns the device, set up from the factory state.
op-no-wipe-here = The reference agent never erases its host.
op-needs-lost-mode = Only supervised devices in lost mode can do this.
op-no-messages = Apple’s protocol has no messages outside of Lock.
op-lost-pending = Asked for already. Wait for the device, or cancel the request.
ask-lock = Lock this device?
ask-lock-text = Its screen locks as soon as the device asks for commands. The person unlocks it as usual.
ask-wipe = Wipe this device?
ask-wipe-text = Everything on it is erased as soon as the device asks for commands. Nobody can undo this.
ask-wipe-verb = Wipe everything

## Dialogs

message-title = Show a message
message-on = On the screen of { $device }
message-label = Message
message-send = Send the message
lost-title = Lost mode
lost-on-screen = What the locked screen of { $device } shows, until lost mode is ended. The device then reports its position with every contact.
lost-phone = Phone number to call
lost-send = Put into lost mode

## Lost mode and wipe, on top of the page. $at is when, $seen the last contact: “5 min ago”.

lost-requested = Lost mode requested { $at }. Waiting for the device (last seen { $seen }).
lost-since = In lost mode since { $at }. The position comes with every report (last seen { $seen }).
lost-end-requested = In lost mode. Its end was requested { $at }, waiting for the device (last seen { $seen }).
wipe-requested = Wipe requested { $at }. Everything on this device is erased as soon as it is in contact (last seen { $seen }).
wipe-under-way = Wipe requested { $at }. The device has got the command and erases itself (last seen { $seen }).
cancel-request = Cancel the request

## Lost mode, in the list. $at is when: “5 min ago”.

mark-lost-requested = Lost mode requested { $at }…
mark-lost-since = Lost mode since { $at }
mark-lost-ending = Lost mode, end requested { $at }…

## At a glance

glance = At a glance
glance-lost = Lost mode
glance-contact = Last contact
glance-place = Position
permissions-granted = { $granted } of { $total } granted
permissions-missing = Missing: { $names }
lost-is-off = Off
lost-is-requested = Requested, not confirmed
lost-is-on = On
lost-is-ending = On, end requested
place-accuracy = { $place } ± { $metres } m
show-on-map = Show on a map
# $at is when: “5 min ago”.
taken-at = taken { $at }

## What the device can do

can-do = What this device can do
# $at is when: “5 min ago”.
can-do-said = said { $at }
can = Yes
cannot = No
can-never-grant = Its platform cannot grant: { $names }

## Technical information

# $at is when: “5 min ago”.
technical-since = last changed { $at }

## Commands

# $at is when: “5 min ago”.
done-although-cancelled = Done { $at }, although it had been cancelled
done-although-expired = Done { $at }, although it had expired
