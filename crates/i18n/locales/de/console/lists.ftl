### Listen: Suche, Filter, Tabellen und Seiten.

## Suche und Filter

search = Suche
filters = Filter
clear-all = Alle entfernen
clear-all-filters = Alle Filter entfernen
remove-filter = Filter entfernen:
nothing-matches = Nichts gefunden

## Tabellen

actions = Aktionen
actions-for = Aktionen für { $name }
new-rows =
    { $count ->
        [one] { $count } neue Zeile – anzeigen
       *[other] { $count } neue Zeilen – anzeigen
    }
order-changed = Die Reihenfolge hat sich geändert – anzeigen

## Seiten

pages = Seiten
rows-per-page = Zeilen pro Seite
previous = Zurück
next = Weiter
more-rows = mehr als { $count } Zeilen
more-people = mehr als { $count } Personen
more-invitations = mehr als { $count } Einladungen

## Ausgewählte Zeilen

selection = Auswahl
select-row = { $name } auswählen
select-page = Alle Zeilen dieser Seite auswählen
rows-selected =
    { $count ->
        [one] { $count } Zeile ausgewählt
       *[other] { $count } Zeilen ausgewählt
    }
select-matching =
    { $count ->
        [one] { $count } passende Zeile auswählen
       *[other] Alle { $count } passenden Zeilen auswählen
    }
clear-selection = Auswahl aufheben
clear-search = Suche leeren
