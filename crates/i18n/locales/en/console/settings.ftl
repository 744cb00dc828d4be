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
theme-system = Same as system
theme-light = Light
theme-dark = Dark

## Mail

mail = Email
mail-by-server = Emails are sent through the configured mail server.
# $folder is the name of a folder.
mail-to-files = Emails are written to files in the folder { $folder } of the server’s data because no mail server is configured.
# $flag is a command line flag.
mail-to-files-hint = Start the server with { $flag } to send them.

## Reminders

reminders = Reminders
reminders-text = People whose row stays stuck get an email automatically: the invitation again, or the renewal of their device. Nobody gets more than one within a day, and nobody gets any once their invitation is deactivated.
# $days and $times are fields for numbers.
reminder-rule = after { $days } days, at most { $times } times
# $cause is why rows are stuck: “Sent but not opened”.
reminder-days = Days before a reminder: { $cause }
reminder-times = Maximum number of reminders: { $cause }
reminders-save = Save reminders
reminders-saved = The reminders are saved.
reminders-failed = Not saved. Enter 1 to 90 days, and 1 to 10 reminders for each cause.
# On a timeline. $number counts the reminders of $cause.
reminder-sent = Reminder { $number } sent: { $cause }

## Language

language-of-browser = Browser language
language-save = Use this language
language-hint = It applies to your account in every browser. Emails and the pages for invited people have a language of their own.
