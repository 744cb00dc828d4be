### Přihlášení a první účet.

## Přihlášení

sign-in = Přihlásit se
password = Heslo
show-password = Zobrazit heslo
show = Zobrazit
hide = Skrýt
failed-credentials = E-mail nebo heslo není správné.
failed-attempts = Příliš mnoho pokusů. Zkuste to za několik minut znovu.
failed-link = Tento odkaz už nefunguje.

## První účet

welcome = Vítejte
first-account = Vytvořte první účet
first-account-text = Přihlašujete se jím do konzole. Další účty se vytvářejí na příkazovém řádku serveru.
new-password =
    { $count ->
        [one] Nové heslo, nejméně { $count } znak
        [few] Nové heslo, nejméně { $count } znaky
       *[other] Nové heslo, nejméně { $count } znaků
    }
make-account = Vytvořit účet
link-used = Tento odkaz už nefunguje
link-used-text = Vytváří se jím první účet a funguje jen jednou. Pokud je účet váš, přihlaste se. Pokud ještě žádný není, server při každém spuštění vypíše nový odkaz.

## Hesla

new-password-hint = Několik slov, která k sobě nepatří, se snadno pamatuje a těžko hádá.
change-password = Změnit heslo
current-password = Současné heslo
change-password-text = Tady zůstanete přihlášeni. Všechny ostatní prohlížeče vašeho účtu se odhlásí.
password-changed = Vaše heslo je změněno.
reset-password = Zvolte nové heslo
reset-text = Všechny prohlížeče vašeho účtu se odhlásí. Pak se přihlaste novým heslem.
reset-gone-text = Funguje jednou, 30 minut a jen do změny hesla. Nový může vytvořit ten, kdo provozuje server.

## Protokol auditu

audit-log = Protokol auditu
audit-text = Kdo se přihlásil nebo se mu to nepodařilo, kdo exportoval seznamy nebo změnil účty, tokeny API a nastavení. Nejnovější nahoře.
audit-when = Čas
audit-event = Událost
audit-who = Kdo
audit-subject = Co
audit-address = Adresa
audit-older = Starší záznamy
# How often it happened.
audit-times =
    { $count ->
        [one] nejméně { $count }krát
        [few] nejméně { $count }krát
       *[other] nejméně { $count }krát
    }
# $name is the name of a script.
audit-token = Token API { $name }
audit-command-line = Příkaz na serveru
audit-stranger = Nepřihlášený
audit-signed-in = Přihlášení
audit-sign-in-failed = Neúspěšné přihlášení
audit-locked-out = Přihlášení na chvíli zablokováno
audit-pin-locked = PIN na chvíli zablokován
audit-signed-out = Odhlášení
audit-session-ended = Odhlášen jiný prohlížeč
audit-account-created = Účet vytvořen
audit-password-changed = Heslo změněno
audit-password-refused = Současné heslo nesprávné
audit-reset-link-created = Vytvořen odkaz pro nové heslo
audit-token-created = Token API vytvořen
audit-token-revoked = Token API zneplatněn
audit-exported = Seznam exportován
audit-settings-changed = Nastavení změněno
