### Co zařízení o sobě sdělilo.

battery = Baterie
battery-level = { $level } %
battery-charging = { $level } %, nabíjí se
storage = Úložiště
storage-free = { $free } volných z { $total }
network = Síť
permissions = Oprávnění
yes = Ano
no = Ne
