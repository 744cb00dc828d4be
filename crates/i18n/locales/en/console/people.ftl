### People: the list.

people-caption = People, by name
add-person = Add person
invite = Invite
edit = Edit
added = Added
nobody-here = Nobody here yet
nobody-here-text = Add people one by one, or invite several at once: they are added as you invite them.
nobody-matches = Nobody matches
nobody-matches-text = No name or email contains what you search for.
