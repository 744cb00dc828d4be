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
new-password = Heslo, nejméně 15 znaků
make-account = Vytvořit účet
link-used = Tento odkaz už nefunguje
link-used-text = Vytváří se jím první účet a funguje jen jednou. Pokud je účet váš, přihlaste se. Pokud ještě žádný není, server při každém spuštění vypíše nový odkaz.
