### Co zařízení o sobě nahlásilo.

battery = Baterie
battery-level = { $level } %
battery-charging = { $level } %, nabíjí se
storage = Úložiště
storage-free = { $free } volných z { $total }
network = Síť
network-wifi = Wi-Fi
network-cellular = Mobilní data
network-ethernet = Kabel
permissions = Oprávnění
yes = Ano
no = Ne

## Názvy technických údajů

fact-agent = Agent
fact-hardware = Hardware
fact-security = Zabezpečení
fact-system = Systém
fact-api-level = Úroveň API
fact-architecture = Architektura
fact-build = Sestavení
fact-distribution = Distribuce
fact-encrypted-storage = Šifrované úložiště
fact-encryption = Šifrování
fact-hostname = Název počítače
fact-identifier = Identifikátor
fact-kernel = Jádro
fact-manufacturer = Výrobce
fact-memory = Paměť
fact-model = Model
fact-name = Název
fact-passcode-set = Nastaven kód
fact-patch-level = Bezpečnostní záplata
fact-processor = Procesor
fact-processor-count = Jádra procesoru
fact-serial = Sériové číslo
fact-termux-version = Verze Termuxu
fact-total = Celkem
fact-version = Verze
