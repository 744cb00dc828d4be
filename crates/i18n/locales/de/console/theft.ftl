### Die Seite eines Geräts: was von ihm verlangt werden kann, der Verlustmodus und was auf einen Blick bekannt ist.

## Operationen

operations = Aktionen
op-end-lost-mode = Verlustmodus beenden
op-unenrolled = Das Gerät ist abgemeldet.
op-lost-pending = Schon angefordert. Warten Sie auf das Gerät, oder brechen Sie die Anforderung ab.
ask-lock = Dieses Gerät sperren?
ask-lock-text = Sein Bildschirm wird gesperrt, sobald das Gerät nach Befehlen fragt. Die Person entsperrt ihn wie gewohnt.
ask-wipe = Dieses Gerät löschen?
ask-wipe-text = Alles darauf wird gelöscht, sobald das Gerät nach Befehlen fragt. Niemand kann das rückgängig machen.
ask-wipe-verb = Alles löschen

## Dialoge

message-title = Nachricht anzeigen
message-on = Auf dem Bildschirm von { $device }
message-label = Nachricht
message-send = Nachricht senden
lost-title = Verlustmodus
lost-on-screen = Was der gesperrte Bildschirm von { $device } zeigt, bis der Verlustmodus beendet wird. Das Gerät meldet dann bei jedem Kontakt seine Position.
lost-phone = Telefonnummer für den Anruf
lost-send = In den Verlustmodus versetzen

## Verlustmodus und Löschen, oben auf der Seite

lost-requested = Verlustmodus angefordert { $at }. Es wird auf das Gerät gewartet (zuletzt gesehen { $seen }).
lost-since = Im Verlustmodus seit: { $at }. Die Position kommt mit jeder Meldung (zuletzt gesehen { $seen }).
lost-end-requested = Im Verlustmodus. Das Ende wurde angefordert { $at }, es wird auf das Gerät gewartet (zuletzt gesehen { $seen }).
wipe-requested = Löschen angefordert { $at }. Alles auf diesem Gerät wird gelöscht, sobald es in Kontakt ist (zuletzt gesehen { $seen }).
wipe-under-way = Löschen angefordert { $at }. Das Gerät hat den Befehl und löscht sich (zuletzt gesehen { $seen }).
cancel-request = Anforderung abbrechen

## Verlustmodus, in der Liste

mark-lost-requested = Verlustmodus angefordert { $at } …
mark-lost-since = Verlustmodus seit: { $at }
mark-lost-ending = Verlustmodus, Ende angefordert { $at } …

## Auf einen Blick

glance = Auf einen Blick
glance-lost = Verlustmodus
glance-contact = Letzter Kontakt
glance-place = Position
permissions-granted = { $granted } von { $total } erteilt
permissions-missing = Es fehlt: { $names }
lost-is-off = Aus
lost-is-requested = Angefordert, nicht bestätigt
lost-is-on = Ein
lost-is-ending = Ein, Ende angefordert
place-accuracy = { $place } ± { $metres } m
show-on-map = Auf einer Karte zeigen
taken-at = bestimmt { $at }

## Was das Gerät kann

can-do = Was dieses Gerät kann
can-do-said = gesagt { $at }
can = Ja
cannot = Nein
can-never-grant = Seine Plattform kann nicht erteilen: { $names }

## Technische Angaben

technical-since = unverändert seit: { $at }

## Befehle

done-although-cancelled = Erledigt { $at }, obwohl der Befehl abgebrochen war
done-although-expired = Erledigt { $at }, obwohl der Befehl abgelaufen war

## Was Geräte nicht können, und warum

limit-unknown-command = Der Agent auf diesem Gerät kennt diesen Vorgang nicht.
limit-not-told = Das Gerät hat nicht gesagt, warum.
limit-no-device-admin = Android lässt nur einen Geräteadministrator den Bildschirm sperren, und dieser Agent ist keiner.
limit-not-owner = Nur ein Agent, dem das Gerät gehört, kann es löschen: Richten Sie das Gerät aus dem Werkszustand ein.
limit-ordinary-program = Dieser Agent ist ein gewöhnliches Programm; ihm gehört der Rechner nicht, also kann er ihn nicht löschen.
limit-no-termux-api = Auf diesem Telefon ist die Erweiterung Termux:API nicht installiert.
limit-vibrates-only = Das Telefon vibriert; es ist nicht so laut, wie es sein könnte.
limit-terminal-bell = Die Glocke im Terminal des Agenten, und der Alarmton, wo er installiert ist.
limit-needs-desktop = Eine Arbeitsumgebung muss auf die Sitzungsverwaltung hören.
limit-no-session-manager = Dieser Rechner hat keine Sitzungsverwaltung, die der Agent um die Bildschirmsperre bitten könnte.
limit-no-location-source = Dieser Rechner hat keine Quelle für seine Position, die der Agent fragen könnte (GeoClue).
limit-terminal-only = Es erscheint nur im Terminal des Agenten: notify-send ist nicht installiert.
limit-lost-notification = Die Nachricht ist eine Benachrichtigung, kein Teil des Sperrbildschirms.
limit-lost-unlocked = Der Bildschirm lässt sich nicht sperren; die Nachricht ist eine Benachrichtigung, die bleibt.
limit-lost-unlocked-terminal = Der Bildschirm lässt sich nicht sperren; die Nachricht erscheint nur im Terminal des Agenten.
limit-not-supervised = Nur ein betreutes iPhone oder iPad hat einen Verlustmodus.
limit-needs-lost-mode = Ein iPhone oder iPad tut das nur, wenn es betreut und im Verlustmodus ist.
limit-no-messages = Apples Protokoll zeigt eine Nachricht nur im Verlustmodus.
