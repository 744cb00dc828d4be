### The frame around every page.

## Navigation

skip-to-content = Skip to content
navigation = Main
management = Management

## Notices

notice-about-mail = Notice about email
notice-about-push = Notice about iPhones and iPads
no-mail-server = No mail server is configured, so emails are written to files.
# $reason: the mail server’s words, or what was missing, such as an answer.
mails-wait = Emails are waiting and none is lost. Reason: { $reason }
next-mail-try = Next try: { $time }
update = Update
# $link is “Reload the page”.
updated = Rollcall was updated. { $link } to continue.
reload-the-page = Reload the page
session = Session
signed-out = You are signed out.
sign-in-again = Sign in again
# The page no longer reacts to anything.
broke = The page stopped working.
reload = Reload

## Live changes

live-connecting = Connecting…
live-open = Live
live-reconnecting = Reconnecting…
live-hint = Shows whether changes appear here automatically
live-off = Not live
# The name of the bar that says that there is no connection.
connection = Connection
no-connection = No connection since { $time }. What you see may be old.
try-now = Try now
# What a screen reader says when a device or a command came to another state.
news = { $name }: { $what }

## In place of a page

loading = Loading…
not-found = Page not found
not-found-text = There is nothing at this address. It may be mistyped, or what was here no longer exists.
gone-text = It may have been deleted, or a newer invitation has taken over the row.
not-loaded = This could not be loaded

## Confirmation of what was done

notice-sent = The email to { $name } is on its way.
notice-deactivated = The invitation for { $name } is deactivated.
notice-pace-lifted = { $name } can now enroll any number of devices at once.
notice-renewed = A renewal email to { $name } is on its way.
notice-deleted = { $name } is deleted.
notice-cancelled = The command is cancelled.
notice-revoked = The browser is signed out.
notice-mails-tried = Trying to send the waiting emails.
notice-saved = { $name } is saved.
