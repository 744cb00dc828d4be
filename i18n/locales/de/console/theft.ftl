### Die Seite eines Geräts: was von ihm verlangt werden kann, der Verlustmodus und was auf einen Blick bekannt ist.

## Operationen

operations = Aktionen
op-end-lost-mode = Verlustmodus beenden
op-unenrolled = Das Gerät ist abgemeldet.
op-needs-owner = Dafür muss der Agent das Gerät besitzen, eingerichtet aus dem Werkszustand.
op-no-wipe-here = Der Referenzagent löscht seinen Rechner nie.
op-needs-lost-mode = Das können nur betreute Geräte im Verlustmodus.
op-no-messages = Apples Protokoll kennt Nachrichten nur beim Sperren.
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
