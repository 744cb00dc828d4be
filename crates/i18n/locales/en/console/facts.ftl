### What a device reported about itself.

battery = Battery
battery-level = { $level }%
battery-charging = { $level }%, charging
storage = Storage
storage-free = { $free } free of { $total }
network = Network
network-wifi = Wi-Fi
network-cellular = Mobile data
network-ethernet = Cable
permissions = Permissions
yes = Yes
no = No

## Names of technical information: those in the agent protocol, and those that our agents report

fact-agent = Agent
fact-hardware = Hardware
fact-security = Security
fact-system = System
fact-api-level = API level
fact-architecture = Architecture
fact-build = Build
fact-distribution = Distribution
fact-encrypted-storage = Encrypted storage
fact-encryption = Encryption
fact-hostname = Host name
fact-identifier = Identifier
fact-kernel = Kernel
fact-manufacturer = Manufacturer
fact-memory = Memory
fact-model = Model
fact-name = Name
fact-passcode-set = Passcode set
fact-patch-level = Security patch
fact-processor = Processor
fact-processor-count = Processor cores
fact-serial = Serial number
fact-termux-version = Termux version
fact-total = Total
fact-version = Version
