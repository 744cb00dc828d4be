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

## Commands

refused-command-cancelled = This command was cancelled. It is not to be carried out.
refused-command-expired = This command has expired. It is not to be carried out.
# $reason is in the device's words.
refused-unsupported = This device cannot do that: { $reason }
refused-lost-mode-pending = Lost mode was asked for already. Wait for the device, or cancel that request first.
refused-not-lost = This device is not in lost mode.
import-running = Another import of people is running. Wait until it is finished, then start this one.
