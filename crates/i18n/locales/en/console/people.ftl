### People: the list.

people-caption = People, by name
add-person = Add person
invite = Invite
edit = Edit
added = Added
nobody-here = No people yet
nobody-here-text = Add people one by one, or invite several at once: inviting people adds them, too.
nobody-matches = No one matches
nobody-matches-text = No name or email address contains this text.
