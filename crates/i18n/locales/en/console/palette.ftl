### The command palette and shortcut keys.

keyboard = Keyboard
# A checkbox: shortcut keys such as “/” and “g d” can be switched off.
single-keys = Use shortcut keys without Ctrl
palette = Command palette
palette-label = Command, page or search
# $cause is why rows are stuck.
palette-attention = Needs attention: { $cause }
palette-theme = Appearance: { $theme }
palette-search-devices = Search mobile devices for “{ $text }”
palette-search-people = Search people for “{ $text }”
palette-search-invitations = Search invitations for “{ $text }”
# Pressed together; the names are those on the keyboard.
keys-palette = Ctrl K
