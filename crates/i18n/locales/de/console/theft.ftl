### Die Seite eines Geräts: was von ihm verlangt werden kann, der Verlustmodus und was auf einen Blick bekannt ist.

## Operationen

operations = Aktionen
op-end-lost-mode = Verlustmodus beenden
op-unenrolled = Das Gerät ist nicht mehr registriert.
op-lost-pending = Schon angefordert. Warten Sie auf das Gerät, oder nehmen Sie die Anforderung zurück.
ask-lock = Dieses Gerät sperren?
ask-lock-text = Sein Bildschirm wird gesperrt, sobald sich das Gerät meldet. Die Person entsperrt ihn wie gewohnt.
ask-wipe = Dieses Gerät zurücksetzen?
ask-wipe-text = Alles darauf wird gelöscht, sobald sich das Gerät meldet. Niemand kann das rückgängig machen.
ask-wipe-verb = Alles löschen
ask-unenroll = Verwaltung entfernen?
ask-unenroll-text = Das Profil wird entfernt, sobald sich das Gerät meldet. Danach wird das Gerät nicht mehr verwaltet und behält seine Daten.

## Dialoge

message-title = Nachricht anzeigen
message-on = Auf dem Bildschirm von { $device }
message-label = Nachricht
message-send = Nachricht senden
lost-title = Verlustmodus
lost-on-screen = Das zeigt der gesperrte Bildschirm von { $device }, bis der Verlustmodus endet. Das Gerät meldet bei jedem Kontakt seinen Standort.
lost-phone = Telefonnummer für den Anruf
lost-send = Verlustmodus einschalten

## Verlustmodus und Löschen, oben auf der Seite

lost-requested = Verlustmodus angefordert { $at }. Es wird auf das Gerät gewartet (zuletzt gesehen { $seen }).
lost-since = Verlustmodus eingeschaltet { $at }. Jede Meldung enthält den Standort (zuletzt gesehen { $seen }).
lost-end-requested = Im Verlustmodus. Das Ende wurde angefordert { $at }. Es wird auf das Gerät gewartet (zuletzt gesehen { $seen }).
replaced-by-newer = Dieselbe Person hat dieses Gerät { $at } neu registriert.
replaces-earlier = Dieses Gerät war schon einmal registriert. Seine frühere Zeile verließ die Liste { $at }.
wipe-requested = Zurücksetzen angefordert { $at }. Alles auf diesem Gerät wird gelöscht, sobald es sich meldet (zuletzt gesehen { $seen }).
wipe-under-way = Zurücksetzen angefordert { $at }. Das Gerät hat den Befehl erhalten und löscht sich (zuletzt gesehen { $seen }).
cancel-request = Anforderung zurücknehmen

## Verlustmodus, in der Liste

mark-lost-requested = Verlustmodus angefordert { $at } …
mark-lost-since = Verlustmodus eingeschaltet { $at }
mark-lost-ending = Verlustmodus, Ende angefordert { $at } …

## Auf einen Blick

glance = Auf einen Blick
glance-lost = Verlustmodus
glance-contact = Letzter Kontakt
glance-place = Standort
permissions-granted = { $granted } von { $total } erteilt
permissions-missing = Es fehlt: { $names }
lost-is-off = Aus
lost-is-requested = Angefordert, nicht bestätigt
lost-is-on = Ein
lost-is-ending = Ein, Ende angefordert
place-accuracy = ± { $metres } m
show-on-map = Auf einer Karte zeigen
located-at = bestimmt { $at }

## Was das Gerät kann

capabilities = Funktionen
capabilities-reported = gemeldet { $at }
can = Ja
cannot = Nein
can-never-grant = Auf dieser Plattform nicht verfügbar: { $names }

## Technische Angaben

technical-since = zuletzt geändert { $at }

## Befehle

done-although-cancelled = Erledigt { $at }, obwohl zurückgenommen
done-although-expired = Erledigt { $at }, obwohl der Befehl abgelaufen war
locked-without-passcode = Gesperrt, aber das Gerät hat keinen Code: Jeder kann es entsperren.

## Was Geräte nicht können, und warum

limit-unknown-command = Der Agent auf diesem Gerät unterstützt diese Aktion nicht.
limit-no-reason = Das Gerät hat keinen Grund angegeben.
limit-no-device-admin = Android lässt nur einen Geräteadministrator den Bildschirm sperren, und dieser Agent ist keiner.
limit-not-owner = Nur ein Agent, der Gerätebesitzer ist, kann das Gerät zurücksetzen: Richten Sie es aus dem Werkszustand ein.
limit-no-lock-right = Es wurde ohne das Recht registriert, es zu sperren.
limit-no-erase-right = Es wurde als privates Gerät registriert: Nur sein Besitzer kann es löschen.
limit-ordinary-program = Dieser Agent ist ein gewöhnliches Programm; ihm gehört der Rechner nicht, also kann er ihn nicht zurücksetzen.
limit-no-termux-api = Auf diesem Telefon ist die Erweiterung Termux:API nicht installiert.
limit-vibrates-only = Das Telefon vibriert; es ist nicht so laut, wie es sein könnte.
limit-terminal-bell = Es klingelt die Glocke im Terminal des Agenten, und der Alarmton, wo er installiert ist.
limit-needs-desktop = Das wirkt nur, wo eine Arbeitsumgebung auf die Sitzungsverwaltung reagiert.
limit-no-session-manager = Dieser Rechner hat keine Sitzungsverwaltung, die der Agent um die Bildschirmsperre bitten könnte.
limit-no-location-source = Dieser Rechner hat keine Standortquelle, die der Agent verwenden könnte (GeoClue).
limit-terminal-only = Es erscheint nur im Terminal des Agenten: notify-send ist nicht installiert.
limit-lost-notification = Die Nachricht ist eine Benachrichtigung, kein Teil des Sperrbildschirms.
limit-lost-unlocked = Der Bildschirm lässt sich nicht sperren; die Nachricht ist eine dauerhafte Benachrichtigung.
limit-lost-unlocked-terminal = Der Bildschirm lässt sich nicht sperren; die Nachricht erscheint nur im Terminal des Agenten.
limit-not-supervised = Nur ein betreutes iPhone oder iPad hat einen Verlustmodus.
limit-needs-lost-mode = Ein iPhone oder iPad tut das nur, wenn es betreut und im Verlustmodus ist.
limit-no-messages = Apples Protokoll zeigt eine Nachricht nur im Verlustmodus.
