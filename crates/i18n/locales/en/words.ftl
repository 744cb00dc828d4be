### Words that several pages and mails share, and the words of the domain.

# The person's device, within a sentence.
# $platform: android, ios, ipados, or anything else
device-noun =
    { $platform ->
        [android] phone
        [ios] iPhone
        [ipados] iPad
       *[other] device
    }

ownership-company = Company
ownership-company-hint = It belongs to the organization.
ownership-personal = Personal
ownership-personal-hint = It is my own.

platform-android = Android phone or tablet
platform-ios = iPhone
platform-ipados = iPad
platform-linux = Linux or other

# The steps of an enrollment, as part of “step 4 of 5, Technical information”.
step-contacted = Connected
step-permissions = Permissions
step-admin = Device administration
step-inventory = Technical information
step-done = Finished

# What keeps a device from being enrolled, as part of a list.
missing-location = location
missing-notifications = notifications
missing-device-admin = device admin
missing-technical-information = technical information

# Between the entries of a list. The quotes keep the space.
list-separator = { ", " }

# Who can help, as part of “Ask …”.
helper-helpdesk = your helpdesk
helper-inviter = the person who invited you

server = Server
email = Email
pin = PIN
phone = Phone
