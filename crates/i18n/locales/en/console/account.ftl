### Signing in, and the first account.

## Signing in

sign-in = Sign in
password = Password
show-password = Show password
show = Show
hide = Hide
failed-credentials = Email and password do not fit.
failed-attempts = Too many attempts. Try again in some minutes.
failed-password = The password is too short: 12 characters or more.
failed-link = This link does not work any more.

## The first account

welcome = Welcome
first-account = Make the first account
first-account-text = You sign in to the console with it. More accounts are made on the server’s command line.
new-password = Password, 12 characters or more
make-account = Make the account
link-used = This link does not work any more
link-used-text = It makes the first account, once. If the account is yours, sign in. If there is none yet, the server prints a new link each time it starts.
