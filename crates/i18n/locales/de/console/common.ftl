### Wörter, die viele Seiten teilen.

## Schaltflächen

cancel = Abbrechen
done = Fertig
save = Speichern
close = Schließen
dismiss = Ausblenden
try-again = Erneut versuchen
details = Einzelheiten
invite-people = Personen einladen
show-credentials = Zugangsdaten anzeigen
correct-email = E-Mail korrigieren
send = Senden
resend = Erneut senden
renew = Erneuern
deactivate = Deaktivieren
delete = Löschen
copy = { $what } kopieren
copied = Kopiert
copy-by-hand = Bitte markieren und von Hand kopieren

## Was es gibt

mobile-devices = Mobilgeräte
invitations = Einladungen
people = Personen
device = Gerät
person = Person
invitation = Einladung
devices = Geräte
status = Status
state = Stand
name = Name
email = E-Mail
language = Sprache
unnamed-device = Unbenanntes Gerät
pending-name = Ausstehend …
device-of = das Gerät von { $person }
count-rows =
    { $count ->
        [one] { $count } Zeile
       *[other] { $count } Zeilen
    }
count-devices =
    { $count ->
        [one] { $count } Gerät
       *[other] { $count } Geräte
    }
count-people =
    { $count ->
        [one] { $count } Person
       *[other] { $count } Personen
    }
count-invitations =
    { $count ->
        [one] { $count } Einladung
       *[other] { $count } Einladungen
    }

## Zeit

just-now = gerade eben
minutes-ago = vor { $count } Min.
hours-ago = vor { $count } Std.
days-ago =
    { $count ->
        [one] vor { $count } Tag
       *[other] vor { $count } Tagen
    }
in-minutes = in { $count } Min.
in-hours = in { $count } Std.
in-days =
    { $count ->
        [one] in { $count } Tag
       *[other] in { $count } Tagen
    }
last-contact = Letzter Kontakt
sent-at = Gesendet { $time }
opened-at = Geöffnet { $time }
created-at = Erstellt { $time }
last-contact-at = Letzter Kontakt { $time }
none = Keine
