### Zustände und andere Fachwörter, überall dieselben.

## Einer Einladung

state-created = Nicht gesendet
state-queued = Wird gesendet …
state-sent = Gesendet
state-opened = Geöffnet
state-deactivated = Deaktiviert
state-replaced = Ersetzt
state-expired = Abgelaufen

## Eines Geräts

status-pending = Ausstehend …
status-enrolling = Wird registriert
status-active = MDM aktiv
status-permissions-lost = Berechtigungen entzogen
status-not-synchronizing = Keine Synchronisierung
status-unenrolled = Nicht mehr registriert
status-wiped = Zurückgesetzt
status-replaced = Neu registriert

## Eines Befehls

command-requested = Angefordert
command-delivered = Zugestellt
command-acknowledged = Bestätigt
command-completed = Erledigt
command-failed = Fehlgeschlagen
command-expired = Abgelaufen
command-cancelled = Zurückgenommen

## Wem ein Gerät gehört

ownership-company = Firma
ownership-personal = Privat

## Schritte einer Registrierung

step-contacted = Verbindung
step-permissions = Berechtigungen
step-admin = Geräteverwaltung
step-inventory = Technische Angaben
step-done = Abschluss
step-of = Schritt { $number } von { $count } · { $label }
missing = Es fehlt: { $names }

## Was fehlen kann, in einer Aufzählung

missing-location = Standort
missing-notifications = Benachrichtigungen
missing-device-admin = Geräteverwaltung
missing-inventory = technische Angaben

## Warum eine Zeile hängt

needs-attention = Braucht Aufmerksamkeit
any-cause = jeder Grund
cause-mail-failed = E-Mail fehlgeschlagen
cause-not-opened = Gesendet, aber nicht geöffnet
cause-no-device = Geöffnet, aber kein Gerät
cause-push-certificate = Kein Push-Zertifikat
cause-pending = Ausstehend
cause-permissions-lost = Berechtigungen entzogen
cause-not-synchronizing = Keine Synchronisierung
cause-renewed-without-effect = Ohne Erfolg erneuert
cause-seen-twice = Dasselbe Gerät zweimal
cause-not-reachable = Nicht erreichbar
cause-old-topic = Altes Push-Zertifikat
cause-certificate-expires = Zertifikat läuft ab
cause-turned-away = Geräte abgewiesen

## Was alle Zeilen eines Grundes gemeinsam haben

all-mail-failed = Der Mailserver hat die Einladung abgelehnt. Korrigieren Sie die E-Mail-Adresse, dann wird die Einladung erneut gesendet.
all-not-opened = Die E-Mail wurde vor Tagen zugestellt, aber niemand hat die Einladung geöffnet.
all-no-device = Jemand hat die Einladung geöffnet, aber seitdem hat sich kein Gerät gemeldet.
all-push-certificate = Diese Personen haben ein iPhone oder iPad gewählt. Solange es kein Push-Zertifikat gibt, kann keines registriert werden.
all-pending = Die Registrierung hat begonnen und ist dann stehen geblieben. Eine E-Mail zur Erneuerung führt die Person noch einmal hindurch.
all-permissions-lost = Dem Agenten wurden Berechtigungen entzogen, die er braucht. Eine E-Mail zur Erneuerung bittet die Person, sie wieder zu erteilen.
all-not-synchronizing = Das Gerät hat sich zu lange nicht gemeldet. Eine E-Mail zur Erneuerung bittet die Person, den Agenten zu öffnen.
all-renewed-without-effect = Eine E-Mail zur Erneuerung wurde gesendet, aber das Gerät hat sich nicht zurückgemeldet. Sprechen Sie mit der Person.
all-seen-twice = Zwei Geräte in Gebrauch haben dieselbe Seriennummer oder IMEI. Vergleichen Sie beide und löschen Sie das, das nicht mehr benutzt wird.
all-not-reachable = Apple meldet, dass diese Geräte keine Pushs mehr annehmen: Sie wurden zurückgesetzt, oder ihr Profil fehlt. Erneuern Sie sie.
all-old-topic = Diese Geräte wurden mit einem anderen Push-Zertifikat registriert und sind mit dem jetzigen nicht erreichbar. Sie müssen neu registriert werden.
all-certificate-expires = Die Zertifikate dieser Geräte laufen bald ab, und die Geräte haben sie nicht erneuert. Erneuern Sie die Geräte.

## Warum eine einzelne Zeile hängt

why-mail-failed = Die E-Mail an { $email } wurde nicht zugestellt: { $reason }
why-not-opened = Die E-Mail wurde zugestellt, aber niemand hat die Einladung geöffnet.
why-no-device = Die Einladung wurde geöffnet, aber kein Gerät hat sich gemeldet.
why-push-certificate = Die Person hat ein iPhone oder iPad gewählt. Solange es kein Push-Zertifikat gibt, kann keines registriert werden.
why-pending = Die Registrierung ist bei „{ $step }“ stehen geblieben.
why-pending-error = Die Registrierung ist bei „{ $step }“ stehen geblieben: { $error }
why-permissions-lost = Der Agent hat nicht mehr: { $names }.

## Was zu tun ist

next-correct-email = E-Mail korrigieren
next-contact = Person kontaktieren
next-compare = Anderes Gerät anzeigen
next-set-up-apple = Apple-Geräte einrichten
why-not-synchronizing = Das Gerät hat sich zu lange nicht gemeldet.
why-renewed-without-effect = Eine E-Mail zur Erneuerung wurde gesendet, aber das Gerät hat sich nicht zurückgemeldet.
why-seen-twice = Ein anderes Gerät in Gebrauch hat dieselbe Seriennummer oder IMEI.
why-not-reachable = Apple meldet, dass dieses Gerät keine Pushs mehr annimmt: Es wurde zurückgesetzt, oder sein Profil fehlt.
why-old-topic = Dieses Gerät wurde mit einem anderen Push-Zertifikat registriert und ist mit dem jetzigen nicht erreichbar. Es muss neu registriert werden.
why-certificate-expires = Das Zertifikat dieses Geräts läuft bald ab, und das Gerät hat es nicht erneuert. Ohne Zertifikat kann es nicht verwaltet werden.
why-turned-away = Mit dieser Einladung wurden innerhalb einer Stunde zu viele Geräte registriert, weitere wurden abgewiesen. Wenn Sie viele Geräte einrichten, heben Sie die Begrenzung auf. Wenn nicht, hat jemand anderes den Link: Deaktivieren Sie die Einladung.
