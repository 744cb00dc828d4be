### The page of a device: operations, lost mode, and the most important facts.

## Operations

operations = Operations
op-end-lost-mode = End lost mode
op-unenrolled = The device is unenrolled.
op-lost-pending = Already requested. Wait for the device, or cancel the request.
ask-lock = Lock this device?
ask-lock-text = Its screen locks the next time the device checks in. The person unlocks it as usual.
ask-wipe = Wipe this device?
ask-wipe-text = Everything on it is erased the next time the device checks in. Nobody can undo this.
ask-wipe-verb = Wipe everything
ask-unenroll = Remove management?
ask-unenroll-text = The profile is removed the next time the device checks in. The device is then no longer managed, and keeps its data.

## Dialogs

message-title = Show a message
message-on = On the screen of { $device }
message-label = Message
message-send = Send the message
lost-title = Lost mode
lost-on-screen = The locked screen of { $device } shows this until lost mode ends. The device reports its location each time it checks in.
lost-phone = Phone number to call
lost-send = Turn on lost mode

## Lost mode and wipe, at the top of the page. $at is when, $seen the last contact: “5 min ago”.

lost-requested = Lost mode requested { $at }. Waiting for the device (last seen { $seen }).
lost-since = Lost mode turned on { $at }. Each report includes the location (last seen { $seen }).
lost-end-requested = In lost mode. Its end was requested { $at }. Waiting for the device (last seen { $seen }).
replaced-by-newer = The same person enrolled this device again { $at }.
replaces-earlier = This device was enrolled before. Its earlier row left the list { $at }.
wipe-requested = Wipe requested { $at }. Everything on this device is erased the next time it checks in (last seen { $seen }).
wipe-under-way = Wipe requested { $at }. The device has received the command and is erasing itself (last seen { $seen }).
cancel-request = Cancel the request

## Lost mode, in the list. $at is when: “5 min ago”.

mark-lost-requested = Lost mode requested { $at }…
mark-lost-since = Lost mode turned on { $at }
mark-lost-ending = Lost mode, end requested { $at }…

## At a glance

glance = At a glance
glance-lost = Lost mode
glance-contact = Last contact
glance-place = Location
permissions-granted = { $granted } of { $total } granted
permissions-missing = Missing: { $names }
lost-is-off = Off
lost-is-requested = Requested, not confirmed
lost-is-on = On
lost-is-ending = On, end requested
place-accuracy = ± { $metres } m
show-on-map = Show on map
# $at is when: “5 min ago”.
located-at = determined { $at }

## Capabilities

capabilities = Capabilities
# $at is when: “5 min ago”.
capabilities-reported = reported { $at }
can = Yes
cannot = No
can-never-grant = Not available on this platform: { $names }

## Technical information

# $at is when: “5 min ago”.
technical-since = last changed { $at }

## Commands

# $at is when: “5 min ago”.
done-although-cancelled = Done { $at }, although it was cancelled
done-although-expired = Done { $at }, although it had expired
locked-without-passcode = Locked, but the device has no passcode: anyone can unlock it.

## What devices cannot do, and why

limit-unknown-command = The agent on this device does not support this operation.
limit-no-reason = The device gave no reason.
limit-no-device-admin = On Android, only a device administrator can lock the screen, and this agent is not one.
limit-not-owner = Only an agent that is the device owner can wipe the device: set it up from the factory state.
limit-no-lock-right = It was enrolled without the right to lock it.
limit-no-erase-right = It was enrolled as a personal device: only its owner can erase it.
limit-ordinary-program = This agent is an ordinary program and does not own the host, so it cannot wipe it.
limit-no-termux-api = The Termux:API add-on is not installed on this phone.
limit-vibrates-only = The phone vibrates. It is not as loud as it could be.
limit-terminal-bell = It rings the bell of the agent’s terminal, and plays the alarm sound where that is installed.
limit-needs-desktop = This works only where a desktop responds to the session manager.
limit-no-session-manager = This host has no session manager that the agent can ask to lock the screen.
limit-no-location-source = This host has no location source that the agent can use (GeoClue).
limit-terminal-only = It is shown only in the agent’s terminal, because notify-send is not installed.
limit-lost-notification = The message is a notification, not part of the lock screen.
limit-lost-unlocked = The screen cannot be locked; the message is a persistent notification.
limit-lost-unlocked-terminal = The screen cannot be locked; the message is shown only in the agent’s terminal.
limit-not-supervised = Only a supervised iPhone or iPad has lost mode.
limit-needs-lost-mode = An iPhone or iPad does this only while it is supervised and in lost mode.
limit-no-messages = Apple’s protocol shows messages only in lost mode.
