### Stránka zařízení: co po něm lze chtít, režim ztráty a co je známo na první pohled.

## Operace

operations = Operace
op-end-lost-mode = Ukončit režim ztráty
op-unenrolled = Zařízení už není zaregistrováno.
op-lost-pending = Už je vyžádán. Počkejte na zařízení, nebo požadavek zrušte.
ask-lock = Zamknout toto zařízení?
ask-lock-text = Jeho obrazovka se zamkne, jakmile se zařízení ozve. Osoba ji odemkne jako obvykle.
ask-wipe = Vymazat toto zařízení?
ask-wipe-text = Všechno na něm se smaže, jakmile se zařízení ozve. Nikdo to nemůže vrátit zpět.
ask-wipe-verb = Vymazat všechno
ask-unenroll = Odebrat správu?
ask-unenroll-text = Profil se odebere, jakmile se zařízení ozve. Zařízení pak není spravováno a svá data si ponechá.

## Dialogy

message-title = Zobrazit zprávu
message-on = Na obrazovce zařízení { $device }
message-label = Zpráva
message-send = Odeslat zprávu
lost-title = Režim ztráty
lost-on-screen = Toto ukazuje zamčená obrazovka zařízení { $device }, dokud režim ztráty neskončí. Zařízení při každém spojení hlásí polohu.
lost-phone = Telefonní číslo
lost-send = Zapnout režim ztráty

## Režim ztráty a vymazání, nahoře na stránce

lost-requested = Režim ztráty vyžádán { $at }. Čeká se na zařízení (naposledy viděno { $seen }).
lost-since = Režim ztráty zapnut { $at }. Každé hlášení obsahuje polohu (naposledy viděno { $seen }).
lost-end-requested = V režimu ztráty. Jeho konec vyžádán { $at }. Čeká se na zařízení (naposledy viděno { $seen }).
replaced-by-newer = Stejná osoba zaregistrovala toto zařízení znovu { $at }.
replaces-earlier = Toto zařízení už bylo zaregistrováno. Jeho dřívější řádek zmizel ze seznamu { $at }.
wipe-requested = Vymazání vyžádáno { $at }. Všechno na tomto zařízení se smaže, jakmile se ozve (naposledy viděno { $seen }).
wipe-under-way = Vymazání vyžádáno { $at }. Zařízení příkaz přijalo a maže se (naposledy viděno { $seen }).
cancel-request = Zrušit požadavek

## Režim ztráty, v seznamu

mark-lost-requested = Režim ztráty vyžádán { $at }…
mark-lost-since = Režim ztráty zapnut { $at }
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
place-accuracy = ± { $metres } m
show-on-map = Ukázat na mapě
located-at = určeno { $at }

## Co zařízení umí

capabilities = Funkce
capabilities-reported = hlášeno { $at }
can = Ano
cannot = Ne
can-never-grant = Na této platformě nedostupné: { $names }

## Technické údaje

technical-since = naposledy změněno { $at }

## Příkazy

done-although-cancelled = Hotovo { $at }, ačkoli byl zrušen
done-although-expired = Hotovo { $at }, ačkoli vypršel
locked-without-passcode = Zamčeno, ale zařízení nemá kód: odemknout je může kdokoli.

## Co zařízení neumějí a proč

limit-unknown-command = Agent v tomto zařízení tuto operaci nepodporuje.
limit-no-reason = Zařízení neuvedlo důvod.
limit-no-device-admin = Android dovoluje zamknout obrazovku jen správci zařízení, a tím tento agent není.
limit-not-owner = Vymazat zařízení může jen agent, který je jeho vlastníkem: nastavte zařízení z továrního stavu.
limit-no-lock-right = Bylo zaregistrováno bez práva zamknout je.
limit-no-erase-right = Bylo zaregistrováno jako osobní: vymazat je může jen jeho vlastník.
limit-ordinary-program = Tento agent je obyčejný program a počítač nevlastní, takže ho nemůže vymazat.
limit-no-termux-api = V tomto telefonu není nainstalován doplněk Termux:API.
limit-vibrates-only = Telefon vibruje; není tak hlasitý, jak by mohl být.
limit-terminal-bell = Zní zvonek v terminálu agenta a zvuk poplachu tam, kde je nainstalován.
limit-needs-desktop = Funguje jen tam, kde pracovní prostředí reaguje na správce relací.
limit-no-session-manager = Tento počítač nemá správce relací, kterého by agent mohl požádat o zamčení obrazovky.
limit-no-location-source = Tento počítač nemá zdroj polohy, který by agent mohl použít (GeoClue).
limit-terminal-only = Zobrazí se jen v terminálu agenta: notify-send není nainstalován.
limit-lost-notification = Zpráva je oznámení, není součástí zamčené obrazovky.
limit-lost-unlocked = Obrazovku nelze zamknout; zpráva je trvalé oznámení.
limit-lost-unlocked-terminal = Obrazovku nelze zamknout; zpráva se zobrazí jen v terminálu agenta.
limit-not-supervised = Režim ztráty má jen iPhone nebo iPad pod dohledem.
limit-needs-lost-mode = iPhone nebo iPad to udělá, jen když je pod dohledem a v režimu ztráty.
limit-no-messages = Protokol společnosti Apple ukazuje zprávu jen v režimu ztráty.
