### Was ein Gerät über sich gesagt hat.

battery = Akku
battery-level = { $level } %
battery-charging = { $level } %, lädt
storage = Speicher
storage-free = { $free } frei von { $total }
network = Netzwerk
device-administration = Geräteverwaltung
permissions = Berechtigungen
granted = Erteilt
not-granted = Fehlt
yes = Ja
no = Nein
