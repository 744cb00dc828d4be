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
new-password = Password, at least 15 characters
make-account = Create account
link-used = This link no longer works
link-used-text = It creates the first account and works only once. If that account is yours, sign in. If there is no account yet, the server prints a new link each time it starts.
