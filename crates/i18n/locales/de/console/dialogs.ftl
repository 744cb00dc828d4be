### Dialoge.

## Einladen

people-hint = Eine Person pro Zeile: Name <E-Mail>, nur die E-Mail, oder aus einer Tabelle eingefügt: Name,E-Mail. Wer schon eine aktive Einladung hat, bekommt eine neue, die sie ersetzt; in einer Liste mehrerer Personen nicht, wenn sie in der letzten Stunde gesendet wurde.
send-invitations = Einladungen senden
create-invitations = Einladungen erstellen
send-now = Einladung jetzt per E-Mail senden
send-now-hint = Mit Link, QR-Code und PIN.
create-only = Erstellen, ohne zu senden
create-only-hint = Für Smartphones, die Sie selbst einrichten: Sie zeigen oder drucken die Zugangsdaten.
ends-on = Gültig bis
ends-on-hint = Ohne Datum gilt die Einladung, bis sie deaktiviert wird.
ends-at = Gültig bis { $at }
invite-preview = Vorschau
to-invite = { $count } einzuladen.
to-invite-but =
    { $count ->
        [one] { $good } einzuladen, { $count } Zeile nicht verstanden.
       *[other] { $good } einzuladen, { $count } Zeilen nicht verstanden.
    }
line-error = Zeile { $number }: { $error }
line-error-remove = Zeile { $number }: { $error } Korrigieren oder entfernen Sie sie.
type-an-email = Geben Sie mindestens eine E-Mail-Adresse ein.
choose-a-day = Wählen Sie heute oder einen späteren Tag.
line-no-email = In dieser Zeile steht keine E-Mail-Adresse.
line-several-addresses = In dieser Zeile stehen mehrere E-Mail-Adressen, aber nicht zu jeder ein Name. Schreiben Sie jede Person in eine eigene Zeile.
line-twice = Diese E-Mail-Adresse steht schon in Zeile { $number }.
line-too-many = Es können nur { $count } Personen auf einmal eingeladen werden.
invite-progress = { $done } von { $total } erledigt. Sie können diese Seite schließen.
just-invited = Vor weniger als einer Stunde eingeladen. Diese Einladung bleibt.
invited-mails = { $count } eingeladen. Die E-Mails sind unterwegs.
invited-without = { $count } erstellt, aber nicht gesendet. Geben Sie die Zugangsdaten selbst weiter.
invited-some = { $count } von { $all } eingeladen.

## Zugangsdaten

credentials = Zugangsdaten
credentials-for = Für { $name }. Damit lassen sich jeweils beliebig viele Geräte registrieren, bis die Einladung deaktiviert wird.
print = Drucken
qr-label = QR-Code der Registrierungs-URL
qr-hint = Mit der Kamera des Smartphones oder im Agenten scannen.
wizard = Neues Firmen-Smartphone
wizard-label = QR-Code für den Einrichtungsassistenten
wizard-how = Nur auf einem zurückgesetzten Smartphone: Tippen Sie auf der Begrüßungsseite sechsmal auf dieselbe Stelle und scannen Sie dann diesen Code. Das Smartphone gehört danach der Organisation.
wizard-allowlist = Google lässt nur Apps, die es freigegeben hat, Smartphones so einrichten, und Rollcall gehört noch nicht dazu: Smartphones mit Google Play lehnen es vielleicht ab.
enrollment-url = Registrierungs-URL
pin-email = E-Mail-Adresse, die zur PIN gehört
email-to-copy = E-Mail

## Rückfragen

type-the-name = Zur Bestätigung den Namen eingeben
type-the-name-exactly = Geben Sie den Namen genau so ein, wie er oben steht.

## Viele Zeilen

bulk-resend = Einladungen erneut senden?
bulk-resend-text = Jede Person bekommt die Einladung noch einmal per E-Mail. Zeilen mit einem Gerät werden übersprungen.
bulk-renew = Geräte erneuern?
bulk-renew-text = Jede Person bekommt eine E-Mail, die noch einmal durch die Registrierung führt. Zeilen ohne Gerät werden übersprungen.
bulk-deactivate = Einladungen deaktivieren?
bulk-deactivate-text = Ihre QR-Codes, URLs und PINs gelten sofort nicht mehr. Zeilen mit einem Gerät werden übersprungen.
bulk-locate = Geräte orten?
bulk-locate-text = Jedes Gerät übermittelt seine Position, sobald es sich meldet. Zeilen ohne Gerät werden übersprungen.
bulk-lock = Geräte sperren?
bulk-lock-text = Die Bildschirme werden gesperrt, sobald sich die Geräte melden. Zeilen ohne Gerät werden übersprungen.
bulk-delete = Geräte löschen?
bulk-delete-text = Sie verschwinden aus der Konsole und ihre Agenten können sich nicht mehr melden. Die Daten auf den Geräten bleiben erhalten; Zeilen ohne Gerät werden übersprungen.
rows-done =
    { $count ->
        [one] { $count } Zeile erledigt.
       *[other] { $count } Zeilen erledigt.
    }
rows-done-but =
    { $count ->
        [one] { $count } Zeile erledigt, { $left } unverändert:
       *[other] { $count } Zeilen erledigt, { $left } unverändert:
    }
rows-requested =
    { $count ->
        [one] Von { $count } Gerät angefordert.
       *[other] Von { $count } Geräten angefordert.
    }
rows-requested-but =
    { $count ->
        [one] Von { $count } Gerät angefordert, { $left } unverändert:
       *[other] Von { $count } Geräten angefordert, { $left } unverändert:
    }

## Eine Person

correct-a-person = Person bearbeiten
add-a-person = Person hinzufügen
email-hint = Einladungen gehen an diese Adresse. Die PIN gilt nur zusammen mit ihr.
locale-hint = Ein Sprachkürzel wie en, de oder fr-CA.
new-credentials = Neuer Link und neue PIN
new-credentials-hint = Die E-Mail an die alte Adresse kann im falschen Postfach liegen. Link und PIN daraus gelten dann nicht mehr, neue gehen an die neue Adresse.
send-again = Einladung erneut senden
