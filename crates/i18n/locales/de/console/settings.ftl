### Die Seite „Einstellungen“.

settings = Einstellungen

## Das Konto

account = Konto
signed-in-as = Angemeldet als
version = Version
sign-out = Abmelden

## Angemeldete Browser

signed-in-browsers = Angemeldete Browser
this-browser = Dieser Browser
browser-on = { $browser } unter { $system }
unknown-browser = Unbekannter Browser
session-times = Angemeldet { $first }, zuletzt gesehen { $seen }

## Darstellung

appearance = Darstellung
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel

## E-Mail

mail = E-Mail
mail-by-server = E-Mails werden über den eingerichteten Mailserver verschickt.
mail-to-files = E-Mails werden als Dateien im Ordner { $folder } der Daten des Servers abgelegt, weil kein Mailserver eingerichtet ist.
mail-to-files-hint = Starten Sie den Server mit { $flag }, um sie zu verschicken.

## Erinnerungen

reminders = Erinnerungen
reminders-text = Wer nicht weiterkommt, bekommt automatisch eine E-Mail: noch einmal die Einladung oder die Erneuerung des Geräts. Niemand bekommt mehr als eine an einem Tag, und wessen Einladung deaktiviert wurde, bekommt keine.
reminder-rule = nach { $days } Tagen, höchstens { $times } Mal
reminder-days = Tage bis zur Erinnerung: { $cause }
reminder-times = Höchstzahl der Erinnerungen: { $cause }
reminders-save = Erinnerungen speichern
reminders-saved = Die Erinnerungen sind gespeichert.
reminders-failed = Nicht gespeichert. Geben Sie 1 bis 90 Tage ein und 1 bis 10 Erinnerungen je Grund.
reminder-sent = Erinnerung { $number } gesendet: { $cause }

## Sprache

language-of-browser = Sprache des Browsers
language-save = Diese Sprache verwenden
language-hint = Sie gilt für Ihr Konto in jedem Browser. E-Mails und die Seiten der eingeladenen Personen haben ihre eigene Sprache.
