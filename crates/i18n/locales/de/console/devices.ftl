### Mobilgeräte: die Liste.

## Suche, Filter und Reihenfolge

search-devices = Name, E-Mail, Gerät, Seriennummer suchen
any-status = Jeder Status
platform = Plattform
any-platform = Jede Plattform
ownership = Eigentum
any-ownership = Jedes Eigentum
any-contact = Beliebiger letzter Kontakt
contact-day = Vor mehr als einem Tag
contact-week = Vor mehr als einer Woche
contact-month = Vor mehr als einem Monat
order = Reihenfolge
sort-newest = Neueste zuerst
sort-oldest = Älteste zuerst
sort-name = Name A–Z
sort-name-desc = Name Z–A
sort-contact = Am längsten ohne Kontakt
sort-contact-desc = Letzter Kontakt zuerst
sort-status = Status, erste Schritte zuerst
sort-status-desc = Status, letzte Schritte zuerst
sort-attention = Hängt am längsten
one-person = ausgewählt

## Die Liste

devices-caption = Geräte und Einladungen, die auf eines warten
no-devices = Noch keine Geräte
no-devices-text = Laden Sie jemanden ein. Die Einladung erscheint hier und wird zum Gerät, sobald sich eines meldet.
no-match-devices = Keine Zeile passt zur Suche und zu den Filtern.
renewed-at = Erneuert { $time }, noch keine Antwort
renew-all = Alle erneuern
resend-to-all = Allen erneut senden
operate = Orten, sperren, löschen…

## Warum etwas nicht angeboten wird

mail-on-its-way = Eine E-Mail ist schon unterwegs.
mail-delayed = E-Mail verzögert
nothing-to-renew = Das Gerät funktioniert: Es gibt nichts zu erneuern.
invitation-not-active = Die Einladung ist nicht mehr aktiv.
device-is-enrolled = Ein Gerät ist registriert. Sie finden die Zugangsdaten unter „Einladungen“.

## Rückfragen

ask-deactivate = Diese Einladung deaktivieren?
ask-deactivate-text = QR-Code, URL und PIN gelten sofort nicht mehr. Geräte, die schon registriert sind, bleiben es.
ask-delete = Dieses Gerät löschen?
ask-delete-text = Es verschwindet aus der Konsole und sein Agent kann sich nicht mehr melden. Die Daten auf dem Gerät bleiben erhalten.
ask-delete-with-wipe = Für dieses Gerät ist ein Zurücksetzen angefordert. Wenn Sie das Gerät hier löschen, entfällt es, und die Daten bleiben auf dem Gerät.
