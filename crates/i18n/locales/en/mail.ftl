### The mails of an invitation and of a renewal. Messages that end with “-text” are those of the plain text.
### The templates say where they stand: service/templates/mail.

mail-hello = Hello { $name }
mail-hello-text = Hello { $name },
mail-next = What happens next
mail-next-text = What happens next:
mail-pin = You can also type a PIN.
mail-pin-asks = The agent on the device asks for:
mail-no-button = If the button does not work, copy this address into the browser of your device:
mail-keep = Whoever has this link, code or PIN can enroll a device in your name, so please do not forward this mail.
mail-keep-text = Whoever has this link or PIN can enroll a device in your name, so please do not forward this mail.
# $helper: a name, or “the person who invited you”
mail-questions = Questions? Ask { $helper }.

## Invitation

invitation-subject = Enroll your device: { $inviter } invites you
invitation-button = Open your invitation
invitation-open = Open this mail on the device that you want to enroll and use the button above, or scan the code below with the device’s camera.
invitation-open-text = Open this link on the device that you want to enroll:
invitation-accept = Choose whose device it is and press “{ choose-accept }”.
invitation-follow = Follow the steps for your device until the page says “{ title-done }”.

## Renewal

# $device: maker and model, or renew-some-device
renew-subject = Reconnect { $device }
renew-some-device = your device
renew-button = Reconnect your device
renew-lead = { $inviter } asks you to reconnect { $device }. Its management stopped working or was not finished. It takes about two minutes.
renew-open = Open this mail on the device and use the button above, or scan the code below with the device’s camera.
renew-open-text = Open this link on the device:
renew-agent = If the agent is still installed, open it and let it connect with this link. If not, the page shows how to install it.
renew-allow = Allow what the agent asks for, and wait until it says that it is done.
