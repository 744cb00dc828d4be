### Dialogs.

## Inviting

people-hint = One person a line: Name <email>, just the email, or name,email pasted from a table. Whoever has an active invitation gets a new one in its place.
send-invitations = Send invitations
create-invitations = Create invitations
send-now = Send the invitation mail now
send-now-hint = With the link, the QR code and the PIN.
create-only = Create without sending
create-only-hint = You show or print the credentials, for phones that you set up yourself.
ends-on = Ends on
ends-on-hint = Left empty, the invitation stays valid until it is deactivated.
what-is-understood = What is understood
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
type-an-email = Type at least one email.
choose-a-day = Choose a day that is not over.
line-no-email = There is no email address in this line.
line-twice = This email stands in line { $number } already.
line-too-many = Only { $count } people can be invited at once.
invited-mails = { $count } invited. The mails are on their way.
invited-without = { $count } created without sending. Hand the credentials out yourself.
invited-some = { $count } of { $all } invited.

## Credentials

credentials = Credentials
credentials-for = For { $name }. Each of these enrolls any number of devices until the invitation is deactivated.
print = Print
qr-label = QR code of the enrollment URL
qr-hint = Scan with the phone's camera, or in the agent.
enrollment-url = Enrollment URL
pin-email = Email that the PIN is valid with
# “Copy the email”.
email-to-copy = email

## Questions

type-the-name = Type the name to confirm
type-the-name-exactly = Type the name exactly as it stands above.

## Many rows

bulk-resend = Resend invitations?
bulk-resend-text = Each person gets the invitation mail again. Rows with a device are left out.
bulk-renew = Renew devices?
bulk-renew-text = Each person gets a mail that leads through enrollment again. Rows without a device are left out.
bulk-deactivate = Deactivate invitations?
bulk-deactivate-text = Their QR codes, URLs and PINs stop working at once. Rows with a device are left out.
bulk-delete = Delete devices?
bulk-delete-text = They leave the console and their agents can no longer report. The devices themselves are not erased; rows without one are left out.
rows-done =
    { $count ->
        [one] { $count } row done.
       *[other] { $count } rows done.
    }
rows-done-but =
    { $count ->
        [one] { $count } row done, { $left } left as they were:
       *[other] { $count } rows done, { $left } left as they were:
    }

## A person

correct-a-person = Correct a person
add-a-person = Add a person
email-hint = Invitations go to this address. The PIN is valid only with it.
locale-hint = A language tag such as en, de or fr-CA.
send-again = Send the invitation again
