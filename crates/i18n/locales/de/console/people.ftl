### Personen: die Liste.

people-caption = Personen, nach Namen
add-person = Person hinzufügen
invite = Einladen
edit = Bearbeiten
added = Hinzugefügt
nobody-here = Noch keine Personen
nobody-here-text = Fügen Sie Personen einzeln hinzu oder laden Sie mehrere auf einmal ein: Wer eingeladen wird, wird dabei hinzugefügt.
nobody-matches = Niemand gefunden
nobody-matches-text = Kein Name und keine E-Mail-Adresse enthält, was Sie suchen.
