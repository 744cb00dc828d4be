### The emails for an invitation and for a renewal. Messages that end with “-text” are for the plain text part.
### Used by the templates in crates/service/templates/mail.

mail-hello = Hello { $name }
mail-hello-text = Hello { $name },
mail-next = What happens next
mail-next-text = What happens next:
mail-pin = You can also enter a PIN.
mail-pin-asks = The agent on the device asks for:
mail-no-button = If the button does not work, copy this address into the browser of your device:
mail-keep = Anyone who has this link, code or PIN can enroll a device in your name, so please do not forward this email.
mail-keep-text = Anyone who has this link or PIN can enroll a device in your name, so please do not forward this email.
# $helper: a name, or “the person who invited you”
mail-questions = Questions? Ask { $helper }.

## Invitation

invitation-subject = Enroll your device: { $inviter } invites you
invitation-button = Open your invitation
invitation-open = Open this email on the device that you want to enroll and use the button above, or scan the code below with the device’s camera.
invitation-open-text = Open this link on the device that you want to enroll:
invitation-accept = Choose whose device it is and tap “{ choose-accept }”.
invitation-follow = Follow the steps for your device until the page says “{ title-done }”.

## Renewal

# $device: maker and model, or renew-some-device
renew-subject = Reconnect { $device }
renew-some-device = your device
renew-button = Reconnect your device
renew-lead = { $inviter } asks you to reconnect { $device }. The device can no longer be managed, or its setup was never finished. Reconnecting takes about two minutes.
renew-open = Open this email on the device and use the button above, or scan the code below with the device’s camera.
renew-open-text = Open this link on the device:
renew-agent = If the agent is still installed, open it and connect it with this link. If not, the page shows how to install it.
renew-allow = Allow what the agent asks for, and wait until it reports that it is done.
