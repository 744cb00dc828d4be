### Stavy a další odborné výrazy, všude stejné.

## Pozvánky

state-created = Neodesláno
state-queued = Odesílá se…
state-sent = Odesláno
state-opened = Otevřeno
state-deactivated = Deaktivováno
state-replaced = Nahrazeno
state-expired = Vypršelo

## Zařízení

status-pending = Čeká…
status-enrolling = Registruje se
status-active = MDM aktivní
status-permissions-lost = Odebraná oprávnění
status-not-synchronizing = Nesynchronizuje se
status-unenrolled = Odregistrováno
status-wiped = Vymazáno
status-replaced = Znovu zaregistrováno

## Příkazu

command-requested = Vyžádáno
command-delivered = Doručeno
command-acknowledged = Potvrzeno
command-completed = Hotovo
command-failed = Selhalo
command-expired = Vypršelo
command-cancelled = Zrušeno

## Komu zařízení patří

ownership-company = Firemní
ownership-personal = Soukromé

## Kroky registrace

step-contacted = Připojení
step-permissions = Oprávnění
step-admin = Správa zařízení
step-inventory = Technické údaje
step-done = Dokončení
step-of = Krok { $number } z { $count } · { $label }
missing = Chybí: { $names }

## Co může chybět, ve výčtu

missing-location = poloha
missing-notifications = oznámení
missing-device-admin = správa zařízení
missing-inventory = technické údaje

## Proč řádek uvízl

needs-attention = Vyžaduje pozornost
any-cause = jakýkoli důvod
cause-mail-failed = E-mail selhal
cause-not-opened = Odesláno, ale neotevřeno
cause-no-device = Otevřeno, ale bez zařízení
cause-push-certificate = Chybí push certifikát
cause-pending = Čeká
cause-permissions-lost = Odebraná oprávnění
cause-not-synchronizing = Nesynchronizuje se
cause-renewed-without-effect = Obnoveno bez výsledku
cause-seen-twice = Stejné zařízení dvakrát
cause-not-reachable = Nedostupné
cause-old-topic = Starý push certifikát
cause-certificate-expires = Certifikát vyprší
cause-turned-away = Odmítnutá zařízení

## Co mají řádky se stejným důvodem společného

all-mail-failed = Poštovní server pozvánku odmítl. Opravte e-mail a pozvánka se odešle znovu.
all-not-opened = E-mail byl doručen před několika dny, ale pozvánku nikdo neotevřel.
all-no-device = Pozvánku někdo otevřel, ale od té doby se žádné zařízení neozvalo.
all-push-certificate = Tito lidé si vybrali iPhone nebo iPad. Dokud není push certifikát, nelze žádný zaregistrovat.
all-pending = Registrace začala a pak se zastavila. E-mail s žádostí o obnovení jí osobu znovu provede.
all-permissions-lost = Agent přišel o oprávnění, která potřebuje. E-mail s žádostí o obnovení osobu požádá, aby je znovu udělila.
all-not-synchronizing = Zařízení se příliš dlouho neozvalo. E-mail s žádostí o obnovení osobu požádá, aby otevřela agenta.
all-renewed-without-effect = E-mail s žádostí o obnovení byl odeslán, ale zařízení se nevrátilo. Promluvte si s danou osobou.
all-seen-twice = Dvě používaná zařízení mají stejné sériové číslo nebo IMEI. Porovnejte je a odstraňte to, které se už nepoužívá.
all-not-reachable = Apple hlásí, že tato zařízení už nepřijímají push: byla vymazána, nebo jejich profil chybí. Obnovte je.
all-old-topic = Tato zařízení byla zaregistrována s jiným push certifikátem a se současným nejsou dostupná. Musí se zaregistrovat znovu.
all-certificate-expires = Certifikáty těchto zařízení brzy vyprší a zařízení je neobnovila. Obnovte je.

## Proč uvízl jeden řádek

why-mail-failed = E-mail na { $email } nebyl doručen: { $reason }
why-not-opened = E-mail byl doručen, ale pozvánku nikdo neotevřel.
why-no-device = Pozvánka byla otevřena, ale žádné zařízení se neozvalo.
why-push-certificate = Osoba si vybrala iPhone nebo iPad. Dokud není push certifikát, nelze žádný zaregistrovat.
why-pending = Registrace se zastavila na kroku „{ $step }“.
why-pending-error = Registrace se zastavila na kroku „{ $step }“: { $error }
why-permissions-lost = Agent už nemá: { $names }.

## Co s tím

next-correct-email = Opravit e-mail
next-contact = Kontaktovat osobu
next-compare = Zobrazit druhé zařízení
next-set-up-apple = Nastavit zařízení Apple
why-not-synchronizing = Zařízení se příliš dlouho neozvalo.
why-renewed-without-effect = E-mail s žádostí o obnovení byl odeslán, ale zařízení se nevrátilo.
why-seen-twice = Jiné používané zařízení má stejné sériové číslo nebo IMEI.
why-not-reachable = Apple hlásí, že toto zařízení už nepřijímá push: bylo vymazáno, nebo jeho profil chybí.
why-old-topic = Toto zařízení bylo zaregistrováno s jiným push certifikátem a se současným není dostupné. Musí se zaregistrovat znovu.
why-certificate-expires = Certifikát tohoto zařízení brzy vyprší a zařízení jej neobnovilo. Bez něj nelze zařízení spravovat.
why-turned-away = Touto pozvánkou se během hodiny zaregistrovalo příliš mnoho zařízení a další byla odmítnuta. Pokud zřizujete mnoho zařízení, zrušte omezení. Pokud ne, má odkaz někdo jiný: deaktivujte pozvánku.
