### Die Befehlspalette und Tastenkürzel.

keyboard = Tastatur
single-keys = Tastenkürzel ohne Strg verwenden
palette = Befehlspalette
palette-label = Befehl, Seite oder Suche
palette-attention = Braucht Aufmerksamkeit: { $cause }
palette-theme = Darstellung: { $theme }
palette-search-devices = Mobilgeräte nach „{ $text }“ durchsuchen
palette-search-people = Personen nach „{ $text }“ durchsuchen
palette-search-invitations = Einladungen nach „{ $text }“ durchsuchen
keys-palette = Strg K
