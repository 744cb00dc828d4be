### The command palette, and keys that work everywhere.

keyboard = Tastatur
# A choice: keys such as “/” and “g d” can be switched off.
single-keys = Tastenkürzel ohne Strg verwenden
palette = Befehlspalette
palette-label = Befehl, Seite oder Suche
# $cause is why rows are stuck.
palette-attention = Braucht Aufmerksamkeit: { $cause }
palette-theme = Darstellung: { $theme }
palette-search-devices = Mobilgeräte nach „{ $text }“ durchsuchen
palette-search-people = Personen nach „{ $text }“ durchsuchen
palette-search-invitations = Einladungen nach „{ $text }“ durchsuchen
# Two keys at once, as they are labelled on keyboards.
keys-palette = Strg K
