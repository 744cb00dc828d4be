### Signing in, and the first account.

## Signing in

sign-in = Sign in
password = Password
show-password = Show password
show = Show
hide = Hide
failed-credentials = Email or password is incorrect.
failed-attempts = Too many attempts. Try again in a few minutes.
failed-link = This link no longer works.

## The first account

welcome = Welcome
first-account = Create the first account
first-account-text = You use it to sign in to the console. More accounts are created on the server’s command line.
new-password =
    { $count ->
        [one] New password, at least { $count } character
       *[other] New password, at least { $count } characters
    }
make-account = Create account
link-used = This link no longer works
link-used-text = It creates the first account and works only once. If that account is yours, sign in. If there is no account yet, the server prints a new link each time it starts.

## Passwords

new-password-hint = Several words that do not belong together are easy to remember and hard to guess.
change-password = Change password
current-password = Current password
change-password-text = You stay signed in here. All other browsers of your account are signed out.
password-changed = Your password is changed.
reset-password = Choose a new password
reset-text = All browsers of your account are signed out. Then sign in with the new password.
reset-gone-text = It works once, for 30 minutes, until the password is changed. Whoever runs the server can create a new one.

## The audit log

audit-log = Audit log
audit-text = Who signed in or failed to, exported lists, or changed accounts, API tokens and settings. Newest first.
audit-when = Time
audit-event = Event
audit-who = Who
audit-subject = What
audit-address = Address
audit-older = Older entries
# How often it happened.
audit-times =
    { $count ->
        [one] at least { $count } time
       *[other] at least { $count } times
    }
# $name is the name of a script.
audit-token = API token { $name }
audit-command-line = Command on the server
audit-stranger = Not signed in
audit-signed-in = Signed in
audit-sign-in-failed = Sign-in failed
audit-locked-out = Sign-in locked for a while
audit-pin-locked = PIN locked for a while
audit-signed-out = Signed out
audit-session-ended = Another browser signed out
audit-account-created = Account created
audit-password-changed = Password changed
audit-password-refused = Current password wrong
audit-reset-link-created = Link for a new password created
audit-token-created = API token created
audit-token-revoked = API token revoked
audit-exported = List exported
audit-settings-changed = Settings changed
