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

## Warnings about the push certificate, to the accounts of the console

push-ends-subject = { $count ->
    [one] The push certificate for iPhones and iPads expires in { $count } day
   *[other] The push certificate for iPhones and iPads expires in { $count } days
 }
push-ended-subject = The push certificate for iPhones and iPads has expired
# $time is a date with a time.
push-ends-lead = The push certificate expires at { $time }. From then on no iPhone or iPad can be reached or enrolled.
push-ended-lead = The push certificate expired at { $time }. No iPhone or iPad can be reached or enrolled until it is renewed. None is lost: they stay enrolled.
push-renew = Renew it at identity.apple.com with the Apple Account that it was made with. Choose “Renew” and not “Create a Certificate”: one with another topic loses all iPhones and iPads.
# $account is the Apple Account, as an admin noted it.
push-renew-account = Renew it at identity.apple.com with the Apple Account { $account }. Choose “Renew” and not “Create a Certificate”: one with another topic loses all iPhones and iPads.
push-page = The steps are in Settings → Apple devices: { $url }
push-why = You receive this email because you have an account of Rollcall at { $server }. It comes 60, 30, 14, 7 and 1 days before the end, and then daily until the certificate is renewed.
