### What went wrong, in sentences for the user.

## From the server

too-many = Too many attempts. Try again in { $wait }.
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
no-answer = The server did not answer. Check the connection and try again.
server-failed = Something went wrong in the server. Its log tells more.
form-unreadable = The form could not be read. Reload the page and try again.
not-set-up = The server is not set up to answer this.
gone = This no longer exists.
email-taken = Another person has this email already.
credentials-invalid = These credentials are not valid.
busy = Rollcall is busy. Try again in a moment.
our-fault = Something went wrong on our side. It was written to the log.

## The rules say no

refused-deactivated = This invitation was deactivated.
refused-replaced = This invitation was replaced by a newer one. Use the latest mail.
refused-expired = This invitation has expired.
refused-no-invitation = There is no active invitation. Send a new one.
refused-already-invited = There is an active invitation already.
refused-mail-queued = A mail is already on its way.
refused-mail-just-sent = A mail was sent less than a minute ago.
refused-no-device = This device was deleted.
refused-nothing-to-renew = This device works: there is nothing to renew.
refused-unenrolled = This device is unenrolled. It has to enroll again.
refused-finished = This command has already come to its end.

## A field is not acceptable

name-empty = A name is needed.
name-too-long =
    { $count ->
        [one] The name is too long: { $count } character at most.
       *[other] The name is too long: { $count } characters at most.
    }
name-control-characters = The name contains invisible control characters. Type it again rather than pasting it.
email-invalid = This is not an email address. It looks like name@example.com.
locale-invalid = This is not a language tag such as en or de-AT.

expiry-past = The expiry has to be in the future.
account-exists = There is an account with this email already.
password-too-short =
    { $count ->
        [one] The password is too short: { $count } character at least.
       *[other] The password is too short: { $count } characters at least.
    }
# In bytes, because that is what is limited.
password-too-long =
    { $count ->
        [one] The password is too long: { $count } byte at most.
       *[other] The password is too long: { $count } bytes at most.
    }
too-many-selected =
    { $count ->
        [one] At most { $count } can be changed at once. Filter the list to have fewer.
       *[other] At most { $count } can be changed at once. Filter the list to have fewer.
    }
too-many-invited =
    { $count ->
        [one] At most { $count } person can be invited at once.
       *[other] At most { $count } people can be invited at once.
    }
message-empty = The message is empty.
message-too-long =
    { $count ->
        [one] The message is too long: { $count } character at most.
       *[other] The message is too long: { $count } characters at most.
    }
command-duration = The duration has to be { $from } to { $to } seconds.
lost-text-empty = Lost mode needs a message or a phone number to show.
# $count is the longest number, in characters.
phone-invalid =
    { $count ->
        [one] This is not a phone number: digits, spaces and + - / . ( ) # * only, { $count } character at most.
       *[other] This is not a phone number: digits, spaces and + - / . ( ) # * only, { $count } characters at most.
    }

## The action is not for what stands in the row

unfit-resend = A device has answered this invitation. Renew the device instead.
unfit-deactivate = A device stands in this row. Its invitation is deactivated in Invitations.
unfit-renew = No device has answered yet. Resend the invitation instead.
unfit-delete = No device has answered yet. Deactivate the invitation instead.

## Commands

refused-command-cancelled = This command was cancelled. It is not to be carried out.
refused-command-expired = This command has expired. It is not to be carried out.
# $reason is in the device's words.
refused-unsupported = This device cannot do that: { $reason }
refused-lost-mode-pending = Lost mode was asked for already. Wait for the device, or cancel that request first.
refused-not-lost = This device is not in lost mode.
import-running = Another import of people is running. Wait until it is finished, then start this one.
