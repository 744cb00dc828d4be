### Was geschah, als Einträge eines Verlaufs.

## Wer es war

by-script = Skript „{ $name }“
by-person = die Person

## Personen und Einladungen

event-person-added = Person hinzugefügt: { $name }, { $email }
event-person-changed = Person korrigiert: { $name }, { $email }
event-invitation-created = Einladung erstellt
event-invitation-mail-queued = Einladungs-E-Mail eingereiht
event-renewal-mail-queued = E-Mail zur Erneuerung eingereiht
event-mail-delayed = E-Mail noch nicht zugestellt, es wird erneut versucht
event-invitation-mail-sent = Einladungs-E-Mail an { $email } gesendet
event-renewal-mail-sent = E-Mail zur Erneuerung an { $email } gesendet
event-invitation-mail-refused = Einladungs-E-Mail an { $email } wurde abgelehnt
event-renewal-mail-refused = E-Mail zur Erneuerung an { $email } wurde abgelehnt
event-fetched = Link abgerufen, ohne Anzeichen eines Menschen
event-opened-accepted = Einladung geöffnet: auf der Einladungsseite angenommen
event-opened-interaction = Einladung geöffnet: jemand hat die Einladungsseite benutzt
event-opened-credential = Einladung geöffnet: ein Gerät hat die Zugangsdaten benutzt
event-accepted-company = Einladung angenommen für ein Firmengerät, { $platform }
event-accepted-personal = Einladung angenommen für ein privates Gerät, { $platform }
event-deactivated = Einladung deaktiviert
event-replaced = Einladung durch eine neuere ersetzt
event-turned-away = Grenze von { $count } pro Stunde erreicht: Weitere Geräte wurden abgewiesen
event-pace-lifted = Begrenzung der Geräte aufgehoben
event-expired = Einladung abgelaufen
event-credentials-shown = Zugangsdaten angesehen
event-handed-over = Zeile von der neuen Einladung übernommen
event-invitation-again = Die Zeile zeigt wieder die Einladung
event-closed = Nicht mehr aufgeführt

## Geräte

event-contacted = Erster Kontakt: { $name }
event-reenrolled = Erneut registriert: { $name }
some-device = Gerät
event-began = Registrierung begonnen
event-step = Schritt { $number } von { $count }: { $label }
event-inventory = Technische Angaben erhalten
event-activated = Registriert: alle nötigen Angaben sind da
event-stalled = Registrierung stehen geblieben bei „{ $step }“
event-permissions-lost = Berechtigungen entzogen: { $names }
event-permissions-restored = Alle Berechtigungen sind wieder da
event-contact-lost = Kein Kontakt seit { $time }
event-contact-restored = Wieder in Kontakt
event-renewal-requested = Erneuerung angefordert
event-rebound = Zur neueren Einladung gewechselt
event-secret = Der Agent verwendet ein neues Geheimnis
event-lost-began = Das Gerät ist im Verlustmodus
event-lost-ended = Das Gerät ist nicht mehr im Verlustmodus
event-unenrolled = Vom Gerät abgemeldet
event-unenrolled-by-admin = Verwaltung von einem Admin entfernt
event-enrolled-elsewhere = Für eine andere Person registriert
event-certificate-renewed = Gerätezertifikat erneuert
event-certificate-misused = Ein anderes Gerät hat sein Zertifikat benutzt und wurde abgewiesen
event-not-reachable = Nicht erreichbar: Apple stellt keine Pushs mehr zu
event-old-topic = Mit einem alten Push-Zertifikat registriert: nicht erreichbar
event-reachable = Wieder erreichbar
event-wiped = Das Gerät wurde zurückgesetzt
event-device-replaced = Dieselbe Person hat dieses Gerät neu registriert: Es hat eine neuere Zeile
event-recognised = Als ein Gerät erkannt, das schon registriert war
event-same-hardware = Ein anderes Gerät in Gebrauch hat dieselbe Seriennummer oder IMEI
event-same-hardware-gone = Kein anderes Gerät hat diese Seriennummer oder IMEI mehr
event-deleted = Gerät gelöscht: { $name }
unnamed = ohne Namen

## Befehle

command-lock = Sperren
command-wipe = Zurücksetzen
command-locate = Orten
command-ring = Klingeln
command-message = Nachricht
command-lost-mode = Verlustmodus
command-end-lost-mode = Ende des Verlustmodus
command-refresh = Aktualisieren
command-secret = Wechsel des Geheimnisses
command-unenroll = Verwaltung entfernen
event-command-requested = { $command }: angefordert
event-command-delivered = { $command }: vom Gerät empfangen
event-command-acknowledged = { $command }: wird ausgeführt
event-command-completed = { $command }: erledigt
event-command-failed = { $command }: fehlgeschlagen
event-command-expired = { $command }: abgelaufen, bevor sich das Gerät meldete
event-command-cancelled = { $command }: zurückgenommen
event-command-late = { $command }: erledigt, nachdem der Befehl abgelaufen war
event-command-done-cancelled = { $command }: erledigt, obwohl zurückgenommen
