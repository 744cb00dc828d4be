### The command palette, and keys that work everywhere.

keyboard = Keyboard
# A choice: keys such as “/” and “g d” can be switched off.
single-keys = Keys without Ctrl work as well
palette = Commands
palette-label = Command, page or search
# $cause is why rows are stuck.
palette-attention = Needs attention: { $cause }
palette-theme = Appearance: { $theme }
palette-search-devices = Search mobile devices for “{ $text }”
palette-search-people = Search people for “{ $text }”
palette-search-invitations = Search invitations for “{ $text }”
# Two keys at once, as they are labelled on keyboards.
keys-palette = Ctrl K
