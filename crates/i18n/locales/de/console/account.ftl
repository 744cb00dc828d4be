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
new-password =
    { $count ->
        [one] Neues Passwort, mindestens { $count } Zeichen
       *[other] Neues Passwort, mindestens { $count } Zeichen
    }
make-account = Konto anlegen
link-used = Dieser Link funktioniert nicht mehr
link-used-text = Mit ihm wird das erste Konto angelegt; er gilt nur einmal. Wenn das Konto Ihres ist, melden Sie sich an. Wenn es noch keines gibt, gibt der Server bei jedem Start einen neuen Link aus.

## Passwörter

new-password-hint = Mehrere Wörter, die nicht zusammengehören, sind leicht zu merken und schwer zu erraten.
change-password = Passwort ändern
current-password = Aktuelles Passwort
change-password-text = Hier bleiben Sie angemeldet. Alle anderen Browser Ihres Kontos werden abgemeldet.
password-changed = Ihr Passwort ist geändert.
reset-password = Neues Passwort wählen
reset-text = Alle Browser Ihres Kontos werden abgemeldet. Melden Sie sich danach mit dem neuen Passwort an.
reset-gone-text = Er gilt einmal, 30 Minuten lang, und nur bis das Passwort geändert wird. Wer den Server betreibt, kann einen neuen erstellen.

## Das Audit-Protokoll

audit-log = Audit-Protokoll
audit-text = Wer sich angemeldet hat oder daran gescheitert ist, Listen exportiert oder Konten, API-Tokens und Einstellungen geändert hat. Das Neueste zuerst.
audit-when = Zeit
audit-event = Ereignis
audit-who = Wer
audit-subject = Was
audit-address = Adresse
audit-older = Ältere Einträge
# How often it happened.
audit-times =
    { $count ->
        [one] mindestens { $count }-mal
       *[other] mindestens { $count }-mal
    }
# $name is the name of a script.
audit-token = API-Token { $name }
audit-command-line = Befehl auf dem Server
audit-stranger = Nicht angemeldet
audit-signed-in = Angemeldet
audit-sign-in-failed = Anmeldung gescheitert
audit-locked-out = Anmeldung eine Zeit lang gesperrt
audit-pin-locked = PIN eine Zeit lang gesperrt
audit-signed-out = Abgemeldet
audit-session-ended = Anderen Browser abgemeldet
audit-account-created = Konto angelegt
audit-password-changed = Passwort geändert
audit-password-refused = Aktuelles Passwort falsch
audit-reset-link-created = Link für ein neues Passwort erstellt
audit-token-created = API-Token erstellt
audit-token-revoked = API-Token widerrufen
audit-exported = Liste exportiert
audit-settings-changed = Einstellungen geändert
