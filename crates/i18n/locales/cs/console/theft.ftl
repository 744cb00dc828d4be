### Stránka zařízení: co po něm lze chtít, režim ztráty a co je známo na první pohled.

## Operace

operations = Operace
op-end-lost-mode = Ukončit režim ztráty
op-unenrolled = Zařízení je odhlášené.
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

## Co zařízení neumějí a proč

limit-unknown-command = Agent v tomto zařízení tuto operaci nezná.
limit-not-told = Zařízení neřeklo proč.
limit-no-device-admin = Android dovoluje zamknout obrazovku jen správci zařízení, a tím tento agent není.
limit-not-owner = Smazat zařízení může jen agent, který je vlastní: nastavte zařízení z továrního stavu.
limit-ordinary-program = Tento agent je obyčejný program a počítač nevlastní, takže ho nemůže smazat.
limit-no-termux-api = V tomto telefonu není nainstalován doplněk Termux:API.
limit-vibrates-only = Telefon vibruje; není tak hlasitý, jak by mohl být.
limit-terminal-bell = Zvonek v terminálu agenta a zvuk poplachu tam, kde je nainstalován.
limit-needs-desktop = Správce relací musí poslouchat pracovní prostředí.
limit-no-session-manager = Tento počítač nemá správce relací, kterého by agent mohl požádat o zamčení obrazovky.
limit-no-location-source = Tento počítač nemá zdroj polohy, kterého by se agent mohl zeptat (GeoClue).
limit-terminal-only = Zobrazí se jen v terminálu agenta: notify-send není nainstalován.
limit-lost-notification = Zpráva je oznámení, není součástí zamčené obrazovky.
limit-lost-unlocked = Obrazovku nelze zamknout; zpráva je oznámení, které zůstává.
limit-lost-unlocked-terminal = Obrazovku nelze zamknout; zpráva se zobrazí jen v terminálu agenta.
limit-not-supervised = Režim ztráty má jen iPhone nebo iPad pod dohledem.
limit-needs-lost-mode = iPhone nebo iPad to udělá, jen když je pod dohledem a v režimu ztráty.
limit-no-messages = Protokol společnosti Apple ukazuje zprávu jen v režimu ztráty.
