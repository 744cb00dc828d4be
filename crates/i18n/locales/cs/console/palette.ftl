### The command palette, and keys that work everywhere.

keyboard = Klávesnice
# A choice: keys such as “/” and “g d” can be switched off.
single-keys = Používat klávesové zkratky bez Ctrl
palette = Paleta příkazů
palette-label = Příkaz, stránka nebo hledání
# $cause is why rows are stuck.
palette-attention = Vyžaduje pozornost: { $cause }
palette-theme = Vzhled: { $theme }
palette-search-devices = Hledat „{ $text }“ v mobilních zařízeních
palette-search-people = Hledat „{ $text }“ v osobách
palette-search-invitations = Hledat „{ $text }“ v pozvánkách
# Two keys at once, as they are labelled on keyboards.
keys-palette = Ctrl K
