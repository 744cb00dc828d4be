### Slova společná pro více stránek a e-mailů a odborné výrazy.

# Neutrální tvar: 1. a 4. pád jsou u všech čtyř slov stejné.
device-noun =
    { $platform ->
        [android] telefon
        [ios] iPhone
        [ipados] iPad
       *[other] zařízení
    }
# „váš telefon“, „vaše zařízení“
device-yours =
    { $platform ->
        [android] váš telefon
        [ios] váš iPhone
        [ipados] váš iPad
       *[other] vaše zařízení
    }
# Totéž na začátku věty.
device-yours-first =
    { $platform ->
        [android] Váš telefon
        [ios] Váš iPhone
        [ipados] Váš iPad
       *[other] Vaše zařízení
    }
# „Připojte svůj telefon“
device-own =
    { $platform ->
        [android] svůj telefon
        [ios] svůj iPhone
        [ipados] svůj iPad
       *[other] své zařízení
    }

# „Váš telefon je zaregistrován“
device-enrolled =
    { $platform ->
        [android] zaregistrován
        [ios] zaregistrován
        [ipados] zaregistrován
       *[other] zaregistrováno
    }

ownership-company = Firemní
ownership-company-hint = Patří organizaci.
ownership-personal = Soukromé
ownership-personal-hint = Je moje vlastní.

platform-android = Telefon nebo tablet s Androidem
platform-ios = iPhone
platform-ipados = iPad
platform-linux = Linux nebo jiné

step-contacted = připojení
step-permissions = oprávnění
step-admin = správa zařízení
step-inventory = technické údaje
step-done = dokončení

missing-location = poloha
missing-notifications = oznámení
missing-device-admin = správa zařízení
missing-technical-information = technické údaje

list-separator = { ", " }

helper-helpdesk = svůj helpdesk
helper-inviter = toho, kdo vás pozval

server = Server
email = E-mail
pin = PIN
phone = Telefon
