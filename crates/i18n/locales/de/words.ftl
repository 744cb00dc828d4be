### Wörter, die mehrere Seiten und Mails teilen, und die Wörter der Fachsprache.

device-noun =
    { $platform ->
        [android] Smartphone
        [ios] iPhone
        [ipados] iPad
       *[other] Gerät
    }

ownership-company = Firma
ownership-company-hint = Es gehört der Organisation.
ownership-personal = Privat
ownership-personal-hint = Es gehört mir.

platform-android = Android-Smartphone oder -Tablet
platform-ios = iPhone
platform-ipados = iPad
platform-linux = Linux oder anderes

step-contacted = Verbindung
step-permissions = Berechtigungen
step-admin = Geräteverwaltung
step-inventory = technische Angaben
step-done = Abschluss

missing-location = Standort
missing-notifications = Benachrichtigungen
missing-device-admin = Geräteverwaltung
missing-technical-information = technische Angaben

list-separator = { ", " }

helper-helpdesk = Ihren Helpdesk
helper-inviter = die Person, die Sie eingeladen hat

server = Server
email = E-Mail
pin = PIN
phone = Telefon
