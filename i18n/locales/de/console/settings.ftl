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
mail-to-files = E-Mails werden als Dateien in { $folder } abgelegt, weil kein Mailserver eingerichtet ist.
mail-to-files-hint = Starten Sie den Server mit { $flag }, um sie zu verschicken.
