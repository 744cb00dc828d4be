### Dialogs.

## Inviting

people-hint = One person per line: Name <email>, just the email, or name,email pasted from a spreadsheet. Anyone who already has an active invitation gets a new one that replaces it; in a list of several people, not if it was sent within the last hour.
send-invitations = Send invitations
create-invitations = Create invitations
send-now = Send the invitation email now
send-now-hint = With the link, the QR code and the PIN.
create-only = Create without sending
create-only-hint = For phones that you set up yourself: you show or print the credentials.
ends-on = Expires on
ends-on-hint = Leave this empty to keep the invitation valid until it is deactivated.
ends-at = Expires { $at }
invite-preview = Preview
to-invite = { $count } to invite.
# $good is a number.
to-invite-but =
    { $count ->
        [one] { $good } to invite, { $count } line not understood.
       *[other] { $good } to invite, { $count } lines not understood.
    }
# $error is a sentence.
line-error = Line { $number }: { $error }
line-error-remove = Line { $number }: { $error } Correct or remove it.
type-an-email = Enter at least one email address.
choose-a-day = Choose today or a later day.
line-no-email = This line has no email address.
line-several-addresses = This line has several email addresses, and not a name for each. Put each person in a line.
line-twice = This email address is already in line { $number }.
line-too-many = Only { $count } people can be invited at once.
invite-progress = { $done } of { $total } done. You can close this page.
just-invited = Invited less than an hour ago. That invitation stays.
invited-mails = { $count } invited. The emails are on their way.
invited-without = { $count } created but not sent. Hand out the credentials yourself.
invited-some = { $count } of { $all } invited.

## Credentials

credentials = Credentials
credentials-for = For { $name }. Each of these enrolls any number of devices until the invitation is deactivated.
print = Print
qr-label = QR code of the enrollment URL
qr-hint = Scan with the phone's camera, or in the agent.
wizard = New company phone
wizard-label = QR code for the setup wizard
wizard-how = Only on a phone that was just reset: tap the welcome page six times in the same place, then scan this code. The phone then belongs to the organization.
wizard-allowlist = Google lets only apps it has approved set up a phone this way, and Rollcall is not one of them yet: phones with Google Play may refuse it.
enrollment-url = Enrollment URL
pin-email = Email address that goes with the PIN
# “Copy the email”.
email-to-copy = email

## Confirmations

type-the-name = Type the name to confirm
type-the-name-exactly = Type the name exactly as shown above.

## Many rows

bulk-resend = Resend invitations?
bulk-resend-text = Each person gets the invitation email again. Rows with a device are skipped.
bulk-renew = Renew devices?
bulk-renew-text = Each person gets an email that leads them through enrollment again. Rows without a device are skipped.
bulk-deactivate = Deactivate invitations?
bulk-deactivate-text = Their QR codes, URLs and PINs stop working immediately. Rows with a device are skipped.
bulk-locate = Locate devices?
bulk-locate-text = Each device reports its position the next time it checks in. Rows without a device are skipped.
bulk-lock = Lock devices?
bulk-lock-text = Their screens lock the next time the devices check in. Rows without a device are skipped.
bulk-delete = Delete devices?
bulk-delete-text = They disappear from the console, and their agents can no longer report. The devices themselves are not wiped; rows without a device are skipped.
rows-done =
    { $count ->
        [one] { $count } row done.
       *[other] { $count } rows done.
    }
rows-done-but =
    { $count ->
        [one] { $count } row done, { $left } left unchanged:
       *[other] { $count } rows done, { $left } left unchanged:
    }
rows-requested =
    { $count ->
        [one] Requested of { $count } device.
       *[other] Requested of { $count } devices.
    }
rows-requested-but =
    { $count ->
        [one] Requested of { $count } device, { $left } left unchanged:
       *[other] Requested of { $count } devices, { $left } left unchanged:
    }

## A person

correct-a-person = Edit person
add-a-person = Add a person
email-hint = Invitations go to this address. The PIN works only together with it.
locale-hint = A language tag such as en, de or fr-CA.
new-credentials = New link and PIN
new-credentials-hint = The mail to the old address may be in the wrong mailbox. Its link and PIN stop working, and new ones are sent to the new address.
send-again = Send the invitation again
