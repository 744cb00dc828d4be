### The page of a device: what can be asked of it, lost mode, and what is known at a glance.

## Operations

operations = Operations
op-end-lost-mode = End lost mode
op-unenrolled = The device is unenrolled.
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

## What devices cannot do, and why

limit-unknown-command = The agent on this device does not know this operation.
limit-not-told = The device did not say why.
limit-no-device-admin = Android lets only a device administrator lock the screen, and this agent is none.
limit-not-owner = Only an agent that owns the device can erase it: set the device up from the factory state.
limit-ordinary-program = This agent is an ordinary program and does not own the host, so it cannot erase it.
limit-no-termux-api = The Termux:API add-on is not installed on this phone.
limit-vibrates-only = The phone vibrates; it is not as loud as it could be.
limit-terminal-bell = The bell of the agent’s terminal, and the alarm sound where it is installed.
limit-needs-desktop = A desktop has to listen to the session manager.
limit-no-session-manager = This host has no session manager that the agent can ask to lock the screen.
limit-no-location-source = This host has no source for its position that the agent can ask (GeoClue).
limit-terminal-only = It is shown on the agent’s terminal only: notify-send is not installed.
limit-lost-notification = The message is a notification, not part of the lock screen.
limit-lost-unlocked = The screen cannot be locked; the message is a notification that stays.
limit-lost-unlocked-terminal = The screen cannot be locked; the message is shown on the agent’s terminal only.
limit-not-supervised = Only a supervised iPhone or iPad has a lost mode.
limit-needs-lost-mode = An iPhone or iPad does this only when it is supervised and in lost mode.
limit-no-messages = Apple’s protocol shows a message only in lost mode.
