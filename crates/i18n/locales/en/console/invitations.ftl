### Invitations: the list.

search-people = Search name or email
any-state = Any state
invitations-caption = Invitations, newest first
sent = Sent
opened = Opened
ends = Ends
no-end = No end
no-invitations = No invitations yet
no-invitations-text = An invitation lets one person enroll any number of devices, until it is deactivated.
no-match-invitations = No invitation fits the search and the filter.
enrolls-nothing = It enrolls nothing any more.
new-invitation = New invitation
# Before the mail server's words.
mail-refused = The mail was refused:
mail-not-yet = Not delivered yet, it will be tried again:
