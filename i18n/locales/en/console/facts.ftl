### What a device told about itself.

battery = Battery
battery-level = { $level } %
battery-charging = { $level } %, charging
storage = Storage
storage-free = { $free } free of { $total }
network = Network
permissions = Permissions
yes = Yes
no = No
