### Paleta příkazů a klávesové zkratky.

keyboard = Klávesnice
single-keys = Používat klávesové zkratky bez Ctrl
palette = Paleta příkazů
palette-label = Příkaz, stránka nebo hledání
palette-attention = Vyžaduje pozornost: { $cause }
palette-theme = Vzhled: { $theme }
palette-search-devices = Hledat „{ $text }“ v mobilních zařízeních
palette-search-people = Hledat „{ $text }“ v osobách
palette-search-invitations = Hledat „{ $text }“ v pozvánkách
keys-palette = Ctrl K
