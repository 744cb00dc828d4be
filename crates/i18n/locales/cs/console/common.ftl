### Slova společná pro mnoho stránek.

## Tlačítka

cancel = Zrušit
done = Hotovo
save = Uložit
close = Zavřít
dismiss = Skrýt
try-again = Zkusit znovu
details = Podrobnosti
invite-people = Pozvat lidi
show-credentials = Zobrazit přístupové údaje
correct-email = Opravit e-mail
send = Odeslat
resend = Odeslat znovu
renew = Obnovit
deactivate = Deaktivovat
delete = Odstranit
copy = Kopírovat: { $what }
copied = Zkopírováno
copy-by-hand = Označte a zkopírujte ručně

## Co tu je

mobile-devices = Mobilní zařízení
invitations = Pozvánky
people = Lidé
device = Zařízení
person = Osoba
invitation = Pozvánka
devices = Zařízení
status = Stav
state = Stav
name = Jméno
email = E-mail
language = Jazyk
unnamed-device = Zařízení bez názvu
pending-name = Čeká…
device-of = zařízení osoby { $person }
count-rows =
    { $count ->
        [one] { $count } řádek
        [few] { $count } řádky
       *[other] { $count } řádků
    }
count-devices =
    { $count ->
        [one] { $count } zařízení
        [few] { $count } zařízení
       *[other] { $count } zařízení
    }
count-people =
    { $count ->
        [one] { $count } osoba
        [few] { $count } osoby
       *[other] { $count } osob
    }
count-invitations =
    { $count ->
        [one] { $count } pozvánka
        [few] { $count } pozvánky
       *[other] { $count } pozvánek
    }

## Čas

just-now = právě teď
minutes-ago = před { $count } min
hours-ago = před { $count } h
days-ago =
    { $count ->
        [one] před { $count } dnem
        [few] před { $count } dny
       *[other] před { $count } dny
    }
in-minutes = za { $count } min
in-hours = za { $count } h
in-days =
    { $count ->
        [one] za { $count } den
        [few] za { $count } dny
       *[other] za { $count } dní
    }
last-contact = Poslední kontakt
sent-at = Odesláno { $time }
opened-at = Otevřeno { $time }
created-at = Vytvořeno { $time }
last-contact-at = Poslední kontakt { $time }
none = Žádná
