### Invitations: the list.

search-people = Search name or email
any-state = Any state
invitations-caption = Invitations
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
invitations-renew = Invite these people again?
invitations-renew-text = Each person gets a new invitation by email. Anyone with an active invitation keeps it and is skipped.
invitations-resend-text = Each person gets the invitation email again. Invitations that are no longer active are skipped.
invitations-deactivate-text = Their QR codes, URLs and PINs stop working immediately. Devices that are already enrolled stay enrolled.
ended-manual = An admin deactivated it { $at }.
ended-replaced = A newer invitation replaced it { $at }.
ended-expired = It expired { $at }.
# Followed by the mail server's words.
mail-refused = The email was rejected:
mail-not-yet = Not delivered yet, trying again:
