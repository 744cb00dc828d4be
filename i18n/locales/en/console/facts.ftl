### What a device told about itself.

battery = Battery
battery-level = { $level } %
battery-charging = { $level } %, charging
storage = Storage
storage-free = { $free } free of { $total }
network = Network
device-administration = Device administration
permissions = Permissions
granted = Granted
not-granted = Missing
yes = Yes
no = No
