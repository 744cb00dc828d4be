### Co se stalo, jako položky časové osy.

## Kdo to byl

by-script = skript „{ $name }“
by-person = daná osoba

## Lidé a pozvánky

event-person-added = Osoba přidána: { $name }, { $email }
event-person-changed = Osoba opravena: { $name }, { $email }
event-invitation-created = Pozvánka vytvořena
event-invitation-mail-queued = E-mail s pozvánkou zařazen do fronty
event-renewal-mail-queued = E-mail s žádostí o obnovení zařazen do fronty
event-mail-delayed = E-mail zatím nedoručen, zkusí se to znovu
event-invitation-mail-sent = E-mail s pozvánkou odeslán na { $email }
event-renewal-mail-sent = E-mail s žádostí o obnovení odeslán na { $email }
event-invitation-mail-refused = E-mail s pozvánkou na { $email } byl odmítnut
event-renewal-mail-refused = E-mail s žádostí o obnovení na { $email } byl odmítnut
event-fetched = Odkaz načten, bez známky člověka
event-opened-accepted = Pozvánka otevřena: přijata na stránce pozvánky
event-opened-interaction = Pozvánka otevřena: někdo použil stránku pozvánky
event-opened-credential = Pozvánka otevřena: zařízení použilo přístupové údaje
event-accepted-company = Pozvánka přijata pro firemní zařízení, { $platform }
event-accepted-personal = Pozvánka přijata pro soukromé zařízení, { $platform }
event-deactivated = Pozvánka deaktivována
event-replaced = Pozvánku nahradila novější
event-turned-away = Dosažen limit { $count } za hodinu: další zařízení byla odmítnuta
event-pace-lifted = Omezení počtu zařízení zrušeno
event-expired = Platnost pozvánky vypršela
event-credentials-shown = Přístupové údaje zobrazeny
event-handed-over = Řádek převzala nová pozvánka
event-invitation-again = Řádek opět ukazuje pozvánku
event-closed = Už není v seznamu

## Zařízení

event-contacted = První kontakt: { $name }
event-reenrolled = Znovu zaregistrováno: { $name }
some-device = zařízení
event-began = Registrace začala
event-step = Krok { $number } z { $count }: { $label }
event-inventory = Technické údaje přijaty
event-activated = Zaregistrováno: všechny potřebné údaje dorazily
event-stalled = Registrace se zastavila na kroku „{ $step }“
event-permissions-lost = Odebraná oprávnění: { $names }
event-permissions-restored = Všechna oprávnění jsou zpět
event-contact-lost = Bez kontaktu od { $time }
event-contact-restored = Opět ve spojení
event-renewal-requested = Vyžádáno obnovení
event-rebound = Přesunuto k novější pozvánce
event-secret = Agent používá nový tajný klíč
event-lost-began = Zařízení je v režimu ztráty
event-lost-ended = Zařízení už není v režimu ztráty
event-unenrolled = Odregistrováno zařízením
event-unenrolled-by-admin = Správu odebral správce
event-enrolled-elsewhere = Zaregistrováno pro jinou osobu
event-certificate-renewed = Certifikát zařízení obnoven
event-certificate-misused = Jeho certifikát použilo jiné zařízení a bylo odmítnuto
event-not-reachable = Nedostupné: Apple už nedoručuje push
event-old-topic = Zaregistrováno se starým push certifikátem: nedostupné
event-reachable = Opět dostupné
event-wiped = Zařízení bylo vymazáno
event-device-replaced = Stejná osoba zaregistrovala toto zařízení znovu: má novější řádek
event-recognised = Rozpoznáno jako zařízení, které už bylo zaregistrováno
event-same-hardware = Jiné používané zařízení má stejné sériové číslo nebo IMEI
event-same-hardware-gone = Žádné jiné zařízení už nemá toto sériové číslo nebo IMEI
event-deleted = Zařízení odstraněno: { $name }
unnamed = bez názvu

## Příkazy

command-lock = Zamknout
command-wipe = Vymazat
command-locate = Vyhledat polohu
command-ring = Prozvonit
command-message = Zpráva
command-lost-mode = Režim ztráty
command-end-lost-mode = Konec režimu ztráty
command-refresh = Aktualizovat
command-secret = Výměna tajného klíče
command-unenroll = Odebrat správu
event-command-requested = { $command }: vyžádáno
event-command-delivered = { $command }: převzato zařízením
event-command-acknowledged = { $command }: provádí se
event-command-completed = { $command }: hotovo
event-command-failed = { $command }: selhalo
event-command-expired = { $command }: vypršelo dříve, než se zařízení ozvalo
event-command-cancelled = { $command }: zrušeno
event-command-late = { $command }: hotovo až po vypršení
event-command-done-cancelled = { $command }: hotovo, přestože bylo zrušeno
