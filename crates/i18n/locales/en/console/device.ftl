### One device, or the invitation that waits for one.

waiting-for-device = Waiting for a device
waits-created = The invitation was created but not sent. Show its credentials on the screen, or print them.
waits-queued = The email is on its way to the mail server.
waits-mail-delayed = The mail server has not accepted the email yet. Rollcall keeps trying.
waits-mail-failed = The email was not delivered. The notice above says why.
waits-sent = The mail server accepted the email. This row turns into a device as soon as one connects.
waits-opened = The person opened the invitation. This row turns into a device as soon as one connects.
enrollment = Enrollment
step-is-done = done
step-is-here = current step
step-is-ahead = not started yet
timeline = Timeline

## Commands

commands = Commands
requested-at = Requested { $time }
# $name is who requested it.
requested-by = Requested { $time } by { $name }
# $time is exact, with its time zone.
waits-for-device = Waiting for the device. Expires { $time }.
# $seen is when the device was last seen: “5 min ago”.
waits-for-device-seen = Waiting for the device (last seen { $seen }). Expires { $time }.
done-at = Done { $time }

## What it reported

reported-at = reported { $time }
technical-information = Technical information
nothing-sent = The device has not sent any yet.
find-facts = Search technical information
find-facts-hint = Search, for example storage or version
no-such-fact = The device has not reported anything like this.
