### What stands around every page.

## Navigation

skip-to-content = Skip to content
navigation = Main
management = Management

## Notices

notice-about-mail = Notice about mail
no-mail-server = No mail server is configured: mails are written to files. { $link }
update = Update
# $link is “Reload the page”.
updated = Rollcall was updated. { $link } to go on.
reload-the-page = Reload the page
session = Session
signed-out = You are signed out.
sign-in-again = Sign in again
# Everything on the page has stopped to work.
broke = Something broke.
reload = Reload

## Live changes

live-connecting = Connecting…
live-open = Live
live-reconnecting = Reconnecting…
live-hint = Whether changes appear here by themselves

## In place of a page

loading = Loading…
not-found = Page not found
not-found-text = There is nothing at this address. It may have been typed wrong, or what was here is gone.
gone-text = It may have been deleted, or the row was taken over by a newer invitation.
not-loaded = This could not be loaded

## What was done

said-sent = The mail to { $name } is on its way.
said-deactivated = The invitation of { $name } is deactivated.
said-renewed = A renewal mail to { $name } is on its way.
said-deleted = { $name } is deleted.
said-requested = Requested. Waiting for { $name }.
said-cancelled = The command is cancelled.
said-revoked = The browser is signed out.
said-saved = { $name } is saved.
