### Co se nepovedlo, ve větách pro uživatele.

## Od serveru

too-many = Příliš mnoho pokusů. Zkuste to znovu za { $wait }.
too-many-enrollments = Touto pozvánkou se během hodiny zaregistrovalo příliš mnoho zařízení. Zkuste to znovu za { $wait }.
wait-seconds =
    { $count ->
        [one] { $count } sekundu
        [few] { $count } sekundy
       *[other] { $count } sekund
    }
wait-minutes =
    { $count ->
        [one] { $count } minutu
        [few] { $count } minuty
       *[other] { $count } minut
    }
no-answer = Server neodpověděl. Zkontrolujte připojení a zkuste to znovu.
server-failed = Na serveru se něco pokazilo. Podrobnosti jsou v jeho protokolu.
form-unreadable = Formulář se nepodařilo přečíst. Načtěte stránku znovu a zkuste to ještě jednou.
not-set-up = Server na to není nastaven.
gone = Tohle už neexistuje.
email-taken = Tento e-mail už má jiná osoba.
credentials-invalid = Tyto přístupové údaje neplatí.
busy = Rollcall je zaneprázdněn. Zkuste to za chvíli znovu.
database-down = Rollcall teď nemůže používat svou databázi. Nic se nezměnilo. Zkuste to za několik minut znovu.
unconfirmed = Databáze při ukládání selhala. Než to zkusíte znovu, zkontrolujte, zda se změna uložila.
record-damaged = Uložený záznam je poškozený, proto to není možné. Podrobnosti jsou v protokolu serveru.
row-damaged = Tento záznam je poškozený a nelze ho přečíst. Uvádí ho protokol serveru.
internal-error = Na naší straně se něco pokazilo. Podrobnosti jsou v protokolu serveru.

## Pravidla to nedovolují

refused-deactivated = Tato pozvánka byla deaktivována.
refused-replaced = Tuto pozvánku nahradila novější. Použijte nejnovější e-mail.
refused-expired = Platnost této pozvánky vypršela.
refused-no-invitation = Žádná pozvánka není aktivní. Odešlete novou.
refused-already-invited = Aktivní pozvánka už existuje.
refused-mail-queued = E-mail už je na cestě.
refused-mail-just-sent = Před necelou minutou byl odeslán e-mail.
refused-no-device = Toto zařízení bylo odstraněno.
refused-nothing-to-renew = Toto zařízení funguje: není co obnovovat.
refused-unenrolled = Toto zařízení už není zaregistrováno. Musí se zaregistrovat znovu.
refused-wiped = Toto zařízení bylo vymazáno. Musí se zaregistrovat znovu.
refused-device-replaced = Toto zařízení bylo zaregistrováno znovu. Použijte jeho novější řádek.
refused-wipe-pending = Na toto zařízení čeká vymazání. Odstraněním zařízení se vymazání zruší a data v něm zůstanou.
refused-finished = Tento příkaz už skončil.

## Pole není v pořádku

name-empty = Zadejte jméno.
name-too-long =
    { $count ->
        [one] Jméno je příliš dlouhé: nejvýše { $count } znak.
        [few] Jméno je příliš dlouhé: nejvýše { $count } znaky.
       *[other] Jméno je příliš dlouhé: nejvýše { $count } znaků.
    }
name-control-characters = Jméno obsahuje neviditelné řídicí znaky. Místo vložení ho napište znovu.
email-invalid = Tohle není e-mailová adresa. Má tvar name@example.com.
email-hidden-characters = E-mailová adresa obsahuje neviditelné znaky. Místo vložení ji napište znovu.
locale-invalid = Tohle není značka jazyka, například en nebo de-AT.

expiry-past = Konec platnosti musí být v budoucnosti.
account-exists = Účet s tímto e-mailem už existuje.
password-too-short =
    { $count ->
        [one] Heslo je příliš krátké: nejméně { $count } znak.
        [few] Heslo je příliš krátké: nejméně { $count } znaky.
       *[other] Heslo je příliš krátké: nejméně { $count } znaků.
    }
password-too-long =
    { $count ->
        [one] Heslo je příliš dlouhé: nejvýše { $count } bajt.
        [few] Heslo je příliš dlouhé: nejvýše { $count } bajty.
       *[other] Heslo je příliš dlouhé: nejvýše { $count } bajtů.
    }
password-guessable = Heslo lze příliš snadno uhodnout. Použijte několik slov, která k sobě nepatří, a ne jen svůj e-mail, název serveru nebo helpdesku.
current-password-wrong = Současné heslo není správné.
sign-ins-waiting = Na přihlášení čeká příliš mnoho lidí. Zkuste to za několik sekund znovu.
too-many-selected =
    { $count ->
        [one] Najednou lze změnit nejvýše { $count } řádek. Seznam vyfiltrujte.
        [few] Najednou lze změnit nejvýše { $count } řádky. Seznam vyfiltrujte.
       *[other] Najednou lze změnit nejvýše { $count } řádků. Seznam vyfiltrujte.
    }
too-many-invited =
    { $count ->
        [one] Najednou lze pozvat nejvýše { $count } osobu.
        [few] Najednou lze pozvat nejvýše { $count } osoby.
       *[other] Najednou lze pozvat nejvýše { $count } osob.
    }
message-empty = Zpráva je prázdná.
message-too-long =
    { $count ->
        [one] Zpráva je příliš dlouhá: nejvýše { $count } znak.
        [few] Zpráva je příliš dlouhá: nejvýše { $count } znaky.
       *[other] Zpráva je příliš dlouhá: nejvýše { $count } znaků.
    }
command-duration = Doba musí být { $from } až { $to } sekund.
lost-text-empty = Režim ztráty potřebuje zprávu nebo telefonní číslo, které má ukázat.
phone-invalid =
    { $count ->
        [one] Tohle není telefonní číslo: jen číslice, mezery a + - / . ( ) # *, nejvýše { $count } znak.
        [few] Tohle není telefonní číslo: jen číslice, mezery a + - / . ( ) # *, nejvýše { $count } znaky.
       *[other] Tohle není telefonní číslo: jen číslice, mezery a + - / . ( ) # *, nejvýše { $count } znaků.
    }

## Akce se nehodí k tomu, co je v řádku

not-applicable-resend = S touto pozvánkou se už ozvalo zařízení. Místo toho obnovte zařízení.
not-applicable-deactivate = Tento řádek je zařízení. Jeho pozvánku deaktivujte v části Pozvánky.
not-applicable-renew = Zatím se neozvalo žádné zařízení. Místo toho odešlete pozvánku znovu.
not-applicable-delete = Zatím se neozvalo žádné zařízení. Místo toho pozvánku deaktivujte.
not-applicable-command = Zatím se neozvalo žádné zařízení.

## Příkazy

refused-command-cancelled = Tento příkaz byl zrušen. Nemá se provést.
refused-command-expired = Platnost tohoto příkazu vypršela. Nemá se provést.
refused-unsupported = Toto zařízení to neumí: { $reason }
refused-lost-mode-pending = O režim ztráty už bylo požádáno. Počkejte na zařízení, nebo tento požadavek nejdříve zrušte.
refused-not-lost = Toto zařízení není v režimu ztráty.
import-running = Už probíhá jiný import osob. Počkejte, až skončí, a pak spusťte tento.
