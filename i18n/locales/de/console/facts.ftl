### Was ein Gerät über sich gesagt hat.

battery = Akku
battery-level = { $level } %
battery-charging = { $level } %, lädt
storage = Speicher
storage-free = { $free } frei von { $total }
network = Netzwerk
permissions = Berechtigungen
yes = Ja
no = Nein
