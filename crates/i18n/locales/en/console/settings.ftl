### The Settings page.

settings = Settings

## The account

account = Account
signed-in-as = Signed in as
version = Version
sign-out = Sign out

## Signed-in browsers

signed-in-browsers = Signed-in browsers
this-browser = This browser
browser-on = { $browser } on { $system }
unknown-browser = Unknown browser
# $first is when the browser signed in, $seen when it was last seen: “5 min ago”.
session-times = Signed in { $first }, last seen { $seen }

## Appearance

appearance = Appearance
theme-system = As the system
theme-light = Light
theme-dark = Dark

## Mail

mail = Mail
mail-by-server = Mails are sent through the configured mail server.
# $folder is the path of a folder.
mail-to-files = Mails are written to files in { $folder } because no mail server is configured.
# $flag is an option of the command line.
mail-to-files-hint = Start the server with { $flag } to send them.

## Reminders

reminders = Reminders
reminders-text = People whose row stays stuck get a mail by themselves: the invitation again, or the renewal of their device. Nobody gets two within a day, and nobody whose invitation was deactivated gets any.
# $days and $times are fields for numbers.
reminder-rule = after { $days } days, at most { $times } times
# $cause is why rows are stuck: “Sent but not opened”.
reminder-days = Days until a reminder: { $cause }
reminder-times = Reminders at most: { $cause }
reminders-save = Save reminders
reminders-saved = The reminders are saved.
reminders-failed = Not saved: reminders wait for 1 to 90 days, and there are 1 to 10 of one cause.
# On a timeline. $number counts the reminders of $cause.
reminder-sent = Reminder { $number } sent: { $cause }

## Language

language-of-browser = Browser’s language
language-save = Use this language
language-hint = It follows your account to every browser. Mails and the pages of invited people have their own language.
