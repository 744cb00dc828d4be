## The enrollment profile of iPhones and iPads, as their settings show it.

profile-title = { $organization } device management
profile-description = Puts this device under the management of { $organization }.
profile-consent = With this profile { $organization } can see technical information about this device, lock it, and remove what it set up. On a device of the organisation it can also erase everything. You can remove the profile in Settings at any time; then the management ends.
