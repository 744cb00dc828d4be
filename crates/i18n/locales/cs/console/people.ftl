### Lidé: seznam.

people-caption = Lidé podle jména
add-person = Přidat osobu
invite = Pozvat
edit = Upravit
added = Přidáno
nobody-here = Zatím žádní lidé
nobody-here-text = Přidávejte lidi po jednom, nebo jich pozvěte víc najednou: pozváním se přidají.
nobody-matches = Nikdo neodpovídá
nobody-matches-text = Hledaný text není v žádném jméně ani e-mailu.
