### What went wrong, in sentences for the user.

## From the server

too-many = Too many attempts. Try again in { $wait }.
too-many-enrollments = Too many devices were enrolled with this invitation within an hour. Try again in { $wait }.
wait-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
wait-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
no-answer = The server did not respond. Check the connection and try again.
server-failed = Something went wrong on the server. Its log has the details.
form-unreadable = The form could not be read. Reload the page and try again.
not-set-up = The server is not set up for this.
gone = This no longer exists.
email-taken = Another person already has this email address.
credentials-invalid = These credentials are not valid.
busy = Rollcall is busy. Try again in a moment.
database-down = Rollcall cannot use its database at the moment. Nothing was changed. Try again in a few minutes.
unconfirmed = Rollcall’s database failed while this was being saved. Check whether it was saved before you try again.
record-damaged = A stored record is damaged, so this cannot be done. The details are in the server’s log.
row-damaged = This record is damaged and cannot be read. The server’s log names it.
internal-error = Something went wrong on our side. The details are in the server’s log.

## Refused by the rules

refused-deactivated = This invitation was deactivated.
refused-replaced = This invitation was replaced by a newer one. Use the latest email.
refused-expired = This invitation has expired.
refused-no-invitation = There is no active invitation. Send a new one.
refused-already-invited = There is already an active invitation.
refused-mail-queued = An email is already on its way.
refused-mail-just-sent = An email was sent less than a minute ago.
refused-no-device = This device was deleted.
refused-nothing-to-renew = This device works, so there is nothing to renew.
refused-unenrolled = This device is unenrolled. It has to enroll again.
refused-wiped = This device was wiped. It has to enroll again.
refused-device-replaced = This device was enrolled again. Use its newer row.
refused-wipe-pending = A wipe is waiting for this device. Deleting the device cancels the wipe, and the data stays on it.
refused-finished = This command has already finished.

## Invalid fields

name-empty = Enter a name.
name-too-long =
    { $count ->
        [one] The name is too long: at most { $count } character.
       *[other] The name is too long: at most { $count } characters.
    }
name-control-characters = The name contains invisible control characters. Type it again rather than pasting it.
email-invalid = This is not an email address. It should look like name@example.com.
email-hidden-characters = The email address contains invisible characters. Type it again rather than pasting it.
locale-invalid = This is not a language tag such as en or de-AT.

expiry-past = The expiry date must be in the future.
account-exists = There is already an account with this email address.
password-too-short =
    { $count ->
        [one] The password is too short: at least { $count } character.
       *[other] The password is too short: at least { $count } characters.
    }
# The limit is in bytes.
password-too-long =
    { $count ->
        [one] The password is too long: at most { $count } byte.
       *[other] The password is too long: at most { $count } bytes.
    }
password-guessable = The password is too easy to guess. Use several words that do not belong together, and not only your email, the host or the helpdesk.
current-password-wrong = The current password is wrong.
sign-ins-waiting = Too many sign-ins are waiting. Try again in a few seconds.
too-many-selected =
    { $count ->
        [one] At most { $count } row can be changed at once. Filter the list to select fewer.
       *[other] At most { $count } rows can be changed at once. Filter the list to select fewer.
    }
too-many-invited =
    { $count ->
        [one] At most { $count } person can be invited at once.
       *[other] At most { $count } people can be invited at once.
    }
message-empty = The message is empty.
message-too-long =
    { $count ->
        [one] The message is too long: at most { $count } character.
       *[other] The message is too long: at most { $count } characters.
    }
command-duration = The duration must be between { $from } and { $to } seconds.
lost-text-empty = Lost mode needs a message or a phone number to show.
# $count is the greatest length, in characters.
phone-invalid =
    { $count ->
        [one] This is not a phone number. Use only digits, spaces and + - / . ( ) # *, at most { $count } character.
       *[other] This is not a phone number. Use only digits, spaces and + - / . ( ) # *, at most { $count } characters.
    }

## The action does not apply to this row

not-applicable-resend = A device has already connected with this invitation. Renew the device instead.
not-applicable-deactivate = This row is a device. Deactivate its invitation in Invitations.
not-applicable-renew = No device has connected yet. Resend the invitation instead.
not-applicable-delete = No device has connected yet. Deactivate the invitation instead.
not-applicable-command = No device has connected yet.

## Commands

refused-command-cancelled = This command was cancelled. It must not be carried out.
refused-command-expired = This command has expired. It must not be carried out.
# $reason is in the device's words.
refused-unsupported = This device cannot do that: { $reason }
refused-lost-mode-pending = Lost mode was already requested. Wait for the device, or cancel that request first.
refused-not-lost = This device is not in lost mode.
import-running = Another import of people is running. Wait until it has finished, then start this one.
