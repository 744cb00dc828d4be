### Přihlášení a první účet.

## Přihlášení

sign-in = Přihlásit se
password = Heslo
show-password = Zobrazit heslo
show = Zobrazit
hide = Skrýt
failed-credentials = E-mail a heslo k sobě nepatří.
failed-attempts = Příliš mnoho pokusů. Zkuste to za několik minut znovu.
failed-password = Heslo je příliš krátké: nejméně 12 znaků.
failed-link = Tento odkaz už nefunguje.

## První účet

welcome = Vítejte
first-account = Vytvořte první účet
first-account-text = Přihlašujete se jím do konzole. Další účty se vytvářejí na příkazovém řádku serveru.
new-password = Heslo, nejméně 12 znaků
make-account = Vytvořit účet
link-used = Tento odkaz už nefunguje
link-used-text = Vytvoří první účet, a to jednou. Pokud je účet váš, přihlaste se. Pokud ještě žádný není, server při každém spuštění vypíše nový odkaz.
