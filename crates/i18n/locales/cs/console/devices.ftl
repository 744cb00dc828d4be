### Mobilní zařízení: seznam.

## Hledání, filtry a pořadí

search-devices = Hledat jméno, e-mail, zařízení, sériové číslo
any-status = Jakýkoli stav
platform = Platforma
any-platform = Jakákoli platforma
ownership = Vlastnictví
any-ownership = Jakékoli vlastnictví
any-contact = Jakýkoli poslední kontakt
contact-day = Před více než dnem
contact-week = Před více než týdnem
contact-month = Před více než měsícem
order = Pořadí
sort-newest = Od nejnovějších
sort-oldest = Od nejstarších
sort-name = Jméno A–Z
sort-name-desc = Jméno Z–A
sort-contact = Nejdéle bez kontaktu
sort-contact-desc = Od nejnovějšího kontaktu
sort-status = Stav, od prvních kroků
sort-status-desc = Stav, od posledních kroků
sort-attention = Nejdéle uvízlé
one-person = vybraná

## Seznam

devices-caption = Zařízení a pozvánky, které na zařízení čekají
no-devices = Zatím žádná zařízení
no-devices-text = Pozvěte někoho. Pozvánka se objeví zde a změní se v zařízení, jakmile se nějaké ozve.
no-match-devices = Hledání a filtrům neodpovídá žádný řádek.
renewed-at = Obnoveno { $time }, zatím bez odpovědi
renew-all = Obnovit všechny
resend-to-all = Odeslat znovu všem
operate = Vyhledat, zamknout, vymazat…

## Proč něco není v nabídce

mail-on-its-way = E-mail už je na cestě.
mail-delayed = E-mail zpožděn
nothing-to-renew = Zařízení funguje: není co obnovovat.
invitation-not-active = Pozvánka už není aktivní.
device-is-enrolled = Zařízení je zaregistrováno. Přístupové údaje najdete v části Pozvánky.

## Dotazy

ask-deactivate = Deaktivovat tuto pozvánku?
ask-deactivate-text = Její QR kód, adresa URL a PIN okamžitě přestanou platit. Již zaregistrovaná zařízení zůstanou zaregistrovaná.
ask-delete = Odstranit toto zařízení?
ask-delete-text = Zmizí z konzole a jeho agent se už nemůže hlásit. Data v zařízení se nevymažou.
ask-delete-with-wipe = Na toto zařízení čeká vymazání. Pokud zařízení odstraníte, vymazání se zruší a data v něm zůstanou.
