### Anmeldung und das erste Konto.

## Anmeldung

sign-in = Anmelden
password = Passwort
show-password = Passwort anzeigen
show = Anzeigen
hide = Verbergen
failed-credentials = E-Mail-Adresse oder Passwort ist falsch.
failed-attempts = Zu viele Versuche. Versuchen Sie es in einigen Minuten noch einmal.
failed-link = Dieser Link funktioniert nicht mehr.

## Das erste Konto

welcome = Willkommen
first-account = Das erste Konto anlegen
first-account-text = Damit melden Sie sich an der Konsole an. Weitere Konten legen Sie auf der Kommandozeile des Servers an.
new-password = Passwort, mindestens 15 Zeichen
make-account = Konto anlegen
link-used = Dieser Link funktioniert nicht mehr
link-used-text = Mit ihm wird das erste Konto angelegt; er gilt nur einmal. Wenn das Konto Ihres ist, melden Sie sich an. Wenn es noch keines gibt, gibt der Server bei jedem Start einen neuen Link aus.
