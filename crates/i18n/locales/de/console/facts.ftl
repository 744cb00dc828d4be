### Was ein Gerät über sich gemeldet hat.

battery = Akku
battery-level = { $level } %
battery-charging = { $level } %, lädt
storage = Speicher
storage-free = { $free } frei von { $total }
network = Netzwerk
network-wifi = WLAN
network-cellular = Mobilfunk
network-ethernet = Kabel
permissions = Berechtigungen
yes = Ja
no = Nein

## Namen technischer Angaben

fact-agent = Agent
fact-hardware = Hardware
fact-security = Sicherheit
fact-system = System
fact-api-level = API-Stufe
fact-architecture = Architektur
fact-build = Build
fact-distribution = Distribution
fact-encrypted-storage = Speicher verschlüsselt
fact-encryption = Verschlüsselung
fact-hostname = Rechnername
fact-identifier = Kennung
fact-kernel = Kernel
fact-manufacturer = Hersteller
fact-memory = Arbeitsspeicher
fact-model = Modell
fact-name = Name
fact-passcode-set = Sperrcode gesetzt
fact-patch-level = Sicherheitspatch
fact-processor = Prozessor
fact-processor-count = Prozessorkerne
fact-serial = Seriennummer
fact-termux-version = Termux-Version
fact-total = Gesamt
fact-version = Version
