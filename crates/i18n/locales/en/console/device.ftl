### One device, or the invitation that waits for one.

waiting-for-device = Waiting for a device
waits-created = The invitation was created without a mail. Show its credentials on the screen, or print them.
waits-queued = The mail is on its way to the mail server.
waits-sent = The mail server took the mail. This row becomes the device as soon as one answers.
waits-opened = The person opened the invitation. This row becomes the device as soon as one answers.
enrollment = Enrollment
step-is-done = done
step-is-here = at this step
step-is-ahead = to come
timeline = Timeline

## Commands

commands = Commands
requested-at = Requested { $time }
# $name is who asked.
requested-by = Requested { $time } by { $name }
# $time is exact, with its time zone.
waits-for-device = Waiting for the device. Expires { $time }.
# $seen is when the device was last seen: “5 min ago”.
waits-for-device-seen = Waiting for the device (last seen { $seen }). Expires { $time }.
done-at = Done { $time }

## What it told

reported-at = reported { $time }
technical-information = Technical information
nothing-sent = The device has not sent any yet.
find-facts = Find in technical information
find-facts-hint = Find, such as storage or version
no-such-fact = The device told nothing of this kind.
