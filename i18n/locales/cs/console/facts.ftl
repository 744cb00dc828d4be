### Co zařízení o sobě sdělilo.

battery = Baterie
battery-level = { $level } %
battery-charging = { $level } %, nabíjí se
storage = Úložiště
storage-free = { $free } volných z { $total }
network = Síť
device-administration = Správa zařízení
permissions = Oprávnění
granted = Uděleno
not-granted = Chybí
yes = Ano
no = Ne
