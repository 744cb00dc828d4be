### Stránka zařízení: co po něm lze chtít, režim ztráty a co je známo na první pohled.

## Operace

operations = Operace
op-end-lost-mode = Ukončit režim ztráty
op-unenrolled = Zařízení je odhlášené.
op-needs-owner = Agent musí zařízení vlastnit, nastavené z továrního stavu.
op-no-wipe-here = Referenční agent svůj počítač nikdy nemaže.
op-needs-lost-mode = To umějí jen zařízení pod dohledem v režimu ztráty.
op-no-messages = Protokol společnosti Apple má zprávy jen při zamknutí.
op-lost-pending = Už je vyžádán. Počkejte na zařízení, nebo požadavek zrušte.
ask-lock = Zamknout toto zařízení?
ask-lock-text = Jeho obrazovka se zamkne, jakmile si zařízení řekne o příkazy. Osoba ji odemkne jako obvykle.
ask-wipe = Vymazat toto zařízení?
ask-wipe-text = Všechno na něm se smaže, jakmile si zařízení řekne o příkazy. Nikdo to nemůže vrátit zpět.
ask-wipe-verb = Vymazat všechno

## Dialogy

message-title = Zobrazit zprávu
message-on = Na obrazovce zařízení { $device }
message-label = Zpráva
message-send = Odeslat zprávu
lost-title = Režim ztráty
lost-on-screen = Co ukazuje zamčená obrazovka zařízení { $device }, dokud režim ztráty neskončí. Zařízení pak při každém spojení hlásí polohu.
lost-phone = Telefonní číslo
lost-send = Zapnout režim ztráty

## Režim ztráty a vymazání, nahoře na stránce

lost-requested = Režim ztráty vyžádán { $at }. Čeká se na zařízení (naposledy viděno { $seen }).
lost-since = V režimu ztráty od: { $at }. Poloha přichází s každým hlášením (naposledy viděno { $seen }).
lost-end-requested = V režimu ztráty. Jeho konec vyžádán { $at }, čeká se na zařízení (naposledy viděno { $seen }).
wipe-requested = Vymazání vyžádáno { $at }. Všechno na tomto zařízení se smaže, jakmile se spojí (naposledy viděno { $seen }).
wipe-under-way = Vymazání vyžádáno { $at }. Zařízení má příkaz a maže se (naposledy viděno { $seen }).
cancel-request = Zrušit požadavek

## Režim ztráty, v seznamu

mark-lost-requested = Režim ztráty vyžádán { $at }…
mark-lost-since = Režim ztráty od: { $at }
mark-lost-ending = Režim ztráty, konec vyžádán { $at }…

## Na první pohled

glance = Na první pohled
glance-lost = Režim ztráty
glance-contact = Poslední spojení
glance-place = Poloha
permissions-granted = Uděleno { $granted } z { $total }
permissions-missing = Chybí: { $names }
lost-is-off = Vypnutý
lost-is-requested = Vyžádán, nepotvrzen
lost-is-on = Zapnutý
lost-is-ending = Zapnutý, konec vyžádán
place-accuracy = { $place } ± { $metres } m
show-on-map = Ukázat na mapě
taken-at = určeno { $at }

## Co zařízení umí

can-do = Co toto zařízení umí
can-do-said = řeklo { $at }
can = Ano
cannot = Ne
can-never-grant = Jeho platforma nemůže udělit: { $names }

## Technické údaje

technical-since = beze změny od: { $at }

## Příkazy

done-although-cancelled = Hotovo { $at }, ačkoli byl zrušen
done-although-expired = Hotovo { $at }, ačkoli vypršel
