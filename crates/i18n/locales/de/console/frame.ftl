### Was um jede Seite herum steht.

## Navigation

skip-to-content = Zum Inhalt springen
navigation = Hauptmenü
management = Verwaltung

## Hinweise

notice-about-mail = Hinweis zu E-Mails
notice-about-push = Hinweis zu iPhones und iPads
no-mail-server = Es ist kein Mailserver eingerichtet: E-Mails werden als Dateien abgelegt.
mails-wait = E-Mails warten, keine geht verloren. Grund: { $reason }
next-mail-try = Nächster Versuch: { $time }
update = Aktualisierung
updated = Rollcall wurde aktualisiert. { $link }, um fortzufahren.
reload-the-page = Laden Sie die Seite neu
session = Sitzung
signed-out = Sie sind abgemeldet.
sign-in-again = Wieder anmelden
broke = Die Seite funktioniert nicht mehr.
reload = Neu laden

## Änderungen

live-connecting = Verbinden …
live-open = Live
live-reconnecting = Neu verbinden …
live-hint = Zeigt, ob Änderungen hier von selbst erscheinen
live-off = Nicht live
connection = Verbindung
no-connection = Keine Verbindung seit { $time }. Was Sie sehen, ist vielleicht veraltet.
try-now = Jetzt versuchen
news = { $name }: { $what }

## Anstelle einer Seite

loading = Laden …
not-found = Seite nicht gefunden
not-found-text = Unter dieser Adresse gibt es nichts. Vielleicht ist sie falsch geschrieben, oder was hier war, gibt es nicht mehr.
gone-text = Vielleicht wurde es gelöscht, oder eine neuere Einladung hat die Zeile übernommen.
not-loaded = Das ließ sich nicht laden

## Was getan wurde

notice-sent = Die E-Mail an { $name } ist unterwegs.
notice-deactivated = Die Einladung von { $name } ist deaktiviert.
notice-pace-lifted = { $name } kann jetzt beliebig viele Geräte auf einmal registrieren.
notice-renewed = Eine E-Mail zur Erneuerung ist an { $name } unterwegs.
notice-deleted = Gelöscht: { $name }.
notice-cancelled = Der Befehl ist zurückgenommen.
notice-revoked = Der Browser ist abgemeldet.
notice-mails-tried = Das Senden der wartenden E-Mails wird versucht.
notice-saved = Gespeichert: { $name }.
