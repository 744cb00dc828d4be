### The page that an invited person opens on a phone. Short, plain sentences.

## Titles of the document

title-choose = Set up your device
title-follow = Connect your device
title-not-ready = Enrollment is not ready
title-done = You’re done
title-enrolled = Enrolled

## Frame of every page

language-switch = Language
help-heading = Need help?
# $who: a name, or “your helpdesk”
help-ask = Ask { $who }.
copy = Copy
copied = Copied
selected = Selected

## Progress

trail = Progress
trail-accept = Accept
trail-connect = Connect
trail-done = Done

## Choosing a device

choose-hello = Hello { $name }
# $inviter: an organization's name, or a host
choose-lead = { $inviter } invites you to enroll your phone or tablet. It takes about two minutes.
choose-question = Which device do you want to set up?
choose-incomplete = Please answer both questions, then accept again.
choose-whose = Whose device is it?
choose-what = What is it?
choose-accept = Accept invitation
choose-accept-note = Accepting installs nothing. The next page shows the steps for your device.

## Following the steps

# $name: the person
follow-heading = Connect your { device-noun }, { $name }
follow-change = Change
android-install = Install the agent
android-install-how = Install the Rollcall agent that your helpdesk gives you. It is not in an app store yet; the reference agent is a program that runs in Termux.
android-connect = Connect it
android-connect-how = Give the agent this link. In Termux, run:
android-allow = Allow what it asks for
# $permissions: a list such as “location, notifications”
android-allow-how = The agent needs: { $permissions }. Without them the enrollment cannot finish.
app-get = Install the app
app-get-how = Tap the button. Then open the downloaded file and tap “Install”.
app-get-button = Download the app
app-source = If Android does not let the browser install apps
app-source-how = Tap “Settings” in that message, turn on “Allow from this source”, and go back.
app-warning = If Android warns about the app
app-warning-how = The app comes from your organization and not from a store, so Google Play Protect may not know it. Tap “More details”, then “Install anyway”.
app-open = Open it
app-open-how = Come back to this page and tap the button. The app then connects your { device-noun }.
app-open-button = Open in Rollcall
app-pin-how = The app asks for these three details. The PIN works only together with the email.
# $permissions: a list such as “location, notifications”
app-allow-how = The app needs: { $permissions }. Without them the enrollment cannot finish.
app-restricted = If Android says “Restricted setting”
app-restricted-how = Open “Settings”, “Apps”, “Rollcall”. Tap the three dots at the top, then “Allow restricted settings”. Then go back to the app and allow it there.
browser-heading = Open this page in your browser
browser-text = The program that shows this page may not be able to download the app. Copy this link and paste it into your browser:
computer-text-android = Scan this code with the camera of your { device-noun }, or open the link there.
linux-get = Get the agent
# $program: name of a file
linux-get-how = Ask your helpdesk for the program { $program } and put it on your device.
linux-connect = Connect it
linux-connect-how = Open a terminal and run:
linux-finish = Let it finish
linux-finish-how = The agent prints one line for each step. Wait until it reports that it is done.
code-other-device = QR code for another device
code-other-device-how = Open this page on a second screen and scan the code with the agent or the camera of your device.
code-picture = QR code of your enrollment link
pin-instead = Enter a PIN instead
pin-instead-how = The agent asks for these three details. The PIN works only together with the email.
pin-terminal = In a terminal:
privacy-heading = What your helpdesk can see and do
privacy-sees = It can see the model and version of the device, its battery, storage and network, which permissions the agent has, and when it was last in contact. It can locate the device, make it ring, show a message on it, and lock it. It can also erase company devices that allow it.
privacy-never = The agent does not read messages, photos, contacts or browsing history.

## Enrollment status

status = Status
status-steps = Steps done
status-check = Check again
status-waiting = Waiting for your { device-noun }…
status-pending = Your { device-noun } connected, but setup has not continued yet. Open the agent and follow its instructions.
# $step, $steps: numbers; $label: name of the step
status-enrolling = Your { device-noun } is connected: step { $step } of { $steps }, { $label }.
status-done = You’re done. Your { device-noun } is enrolled.
# $count: how many permissions were lost; 0 when it is not known which
status-permissions-lost =
    { $count ->
        [0] Your { device-noun } is enrolled, but the agent lost a permission that it needs.
        [one] Your { device-noun } is enrolled, but the agent lost a permission that it needs.
       *[other] Your { device-noun } is enrolled, but the agent lost permissions that it needs.
    }
status-silent = Your { device-noun } has been out of contact for a while. Open the agent to reconnect it.
status-unenrolled = Your { device-noun } is no longer enrolled. Follow the steps to enroll it again.
# $names: a list; $count: its length
status-missing = Still missing: { $names }.

## iPhones and iPads

apple-get = Get the profile
apple-get-how = Tap the button, then “Allow”.
apple-get-button = Get the profile
apple-get-soon = iOS deletes a profile that is not installed within 8 minutes. You can get it again at any time.
apple-open = Open Settings
apple-open-how = At the top of Settings, tap “Profile Downloaded”. If it is not there, tap “General” and then “VPN & Device Management”.
apple-install = Install it
apple-install-how = Tap “Install”, enter your passcode, tap “Install” again, and then “Trust”. iOS may show “Not Verified”: that is expected.
apple-wait = Come back to this page
apple-wait-how = It shows when your { device-noun } is connected.
apple-before = If it does not work
apple-before-managed = If another organization manages your { device-noun }, or an older profile of this one is on it, remove that profile in Settings first.
apple-before-protection = Stolen Device Protection may ask you to wait for an hour. Lockdown Mode has to be off.
apple-before-network = A VPN or a content filter may be in the way. Turn it off until you are done.
safari-heading = Open this page in Safari
safari-text = Only Safari can install a profile.
safari-open = Open in Safari
safari-copy = If nothing happens, copy this link and paste it into Safari:
computer-heading = Open this page on your { device-noun }
computer-text = Scan this code with the camera of your { device-noun }, or open the link there in Safari.
mac-text = A Mac cannot be enrolled. Open this page on your { device-noun }.
not-ready-thanks = Thank you, { $name }
not-ready-heading =
    { $platform ->
        [ios] iPhones
       *[other] iPads
    } cannot be enrolled at the moment
not-ready-text = Your organization has not finished setting up the enrollment of Apple devices. Your helpdesk can see that you accepted; ask them when it is ready.
not-ready-other = Choose another device
# $minutes: a number
status-fetched =
    { $minutes ->
        [one] The profile is on your { device-noun }. Install it in Settings within one minute.
       *[other] The profile is on your { device-noun }. Install it in Settings within { $minutes } minutes.
    }
status-pending-apple = Your { device-noun } connected, but setup has not continued yet. Unlock it and keep it online.
status-silent-apple = Your { device-noun } has been out of contact for a while. Switch it on and connect it to the internet.
status-lapsed = The profile was not installed within 8 minutes, so iOS has deleted it. Get it again.
status-issued = Your { device-noun } is installing the profile…
status-unfinished = Your { device-noun } did not finish installing the profile. Get it again.
privacy-sees-apple = It can see the model and version of the device, its storage and battery, its phone number, and whether it has a passcode. It can lock it. It can also erase company devices, and locate supervised ones after it has put them into lost mode.
privacy-never-apple = It cannot read messages, photos, contacts or browsing history.

## Done

done-heading = You’re done, { $name }
# $device: maker and model
done-device = { $device } is enrolled.
done-some-device = Your device is enrolled.
done-close = You can close this page.
done-another = Enroll another device
done-again = Set up this device again
# Shown to whoever opens the link after a device was enrolled with it
enrolled-this = If this is that device, there is nothing left to do.
enrolled-other = If it is another one, you can enroll it too.
enrolled-enroll = Enroll this device

## Links that cannot enroll a device

replaced-title = A newer invitation replaced this one
replaced-text = This link, its QR code and its PIN can no longer enroll a device.
replaced-next = Look for a newer email and use the link in it.
replaced-status = A newer invitation replaced this one.
manual-title = This invitation was deactivated
manual-text = It can no longer enroll devices. Devices that are already enrolled stay enrolled.
manual-next = If you still want to enroll a device, ask for a new invitation.
manual-status = This invitation was deactivated.
expired-title = This invitation has expired
expired-text = It can no longer enroll devices.
expired-next = Ask for a new invitation.
expired-status = This invitation has expired.
unknown-title = We do not recognize this link
unknown-text = Part of it may have been lost when it was copied.
unknown-next = Open it from the email again, or copy all of it.
unavailable-title = Please try again in a moment
unavailable-text = The server cannot look up your invitation right now. Your link stays valid.
unavailable-next = Reload this page in a minute.
