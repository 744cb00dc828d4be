### Ein Gerät oder die Einladung, die auf eines wartet.

waiting-for-device = Warten auf ein Gerät
waits-created = Die Einladung wurde erstellt, aber nicht gesendet. Zeigen Sie die Zugangsdaten auf dem Bildschirm an oder drucken Sie sie.
waits-queued = Die E-Mail ist auf dem Weg zum Mailserver.
waits-mail-delayed = Der Mailserver hat die E-Mail noch nicht angenommen. Rollcall versucht es weiter.
waits-mail-failed = Die E-Mail wurde nicht zugestellt. Der Hinweis oben nennt den Grund.
waits-sent = Der Mailserver hat die E-Mail angenommen. Diese Zeile wird zum Gerät, sobald sich eines meldet.
waits-opened = Die Person hat die Einladung geöffnet. Diese Zeile wird zum Gerät, sobald sich eines meldet.
enrollment = Registrierung
step-is-done = erledigt
step-is-here = aktueller Schritt
step-is-ahead = steht noch aus
timeline = Verlauf

## Befehle

commands = Befehle
requested-at = Angefordert { $time }
requested-by = Angefordert { $time } von { $name }
waits-for-device = Warten auf das Gerät. Läuft ab: { $time }.
waits-for-device-seen = Warten auf das Gerät (zuletzt gesehen { $seen }). Läuft ab: { $time }.
done-at = Erledigt { $time }

## Was es gemeldet hat

reported-at = gemeldet { $time }
technical-information = Technische Angaben
nothing-sent = Das Gerät hat noch keine gesendet.
find-facts = In technischen Angaben suchen
find-facts-hint = Suchen, etwa Speicher oder Version
no-such-fact = Dazu hat das Gerät nichts gemeldet.
