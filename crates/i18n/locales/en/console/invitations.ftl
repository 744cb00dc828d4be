### Invitations: the list.

search-people = Search name or email
any-state = Any state
invitations-caption = Invitations, newest first
sent = Sent
opened = Opened
ends = Expires
no-end = Never
no-invitations = No invitations yet
no-invitations-text = One person can enroll any number of devices with an invitation, until it is deactivated.
no-match-invitations = No invitations match the search and filter.
enrolls-nothing = It can no longer enroll devices.
new-invitation = New invitation
lift-pace = Lift the limit on devices
pace-is-lifted = The limit was already lifted.
# Followed by the mail server's words.
mail-refused = The email was rejected:
mail-not-yet = Not delivered yet, trying again:
