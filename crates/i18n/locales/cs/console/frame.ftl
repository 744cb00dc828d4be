### Co je kolem každé stránky.

## Navigace

skip-to-content = Přejít k obsahu
navigation = Hlavní nabídka
management = Správa

## Upozornění

notice-about-mail = Upozornění k e-mailům
notice-about-push = Upozornění k iPhonům a iPadům
no-mail-server = Není nastaven poštovní server: e-maily se ukládají jako soubory.
mails-wait = E-maily čekají, žádný se neztratí. Důvod: { $reason }
next-mail-try = Další pokus: { $time }
update = Aktualizace
updated = Rollcall byl aktualizován. { $link }, abyste mohli pokračovat.
reload-the-page = Načtěte stránku znovu
session = Relace
signed-out = Jste odhlášeni.
sign-in-again = Přihlásit se znovu
broke = Stránka přestala fungovat.
reload = Načíst znovu

## Změny

live-connecting = Připojování…
live-open = Živě
live-reconnecting = Obnovování spojení…
live-hint = Ukazuje, zda se zde změny objevují samy
live-off = Odpojeno
connection = Spojení
no-connection = Od { $time } není spojení. Co vidíte, může být zastaralé.
try-now = Zkusit hned
news = { $name }: { $what }

## Místo stránky

loading = Načítání…
not-found = Stránka nenalezena
not-found-text = Na této adrese nic není. Možná je v ní překlep, nebo to, co tu bylo, už neexistuje.
gone-text = Možná bylo odstraněno, nebo řádek převzala novější pozvánka.
not-loaded = Tohle se nepodařilo načíst

## Co se provedlo

notice-sent = E-mail pro { $name } je na cestě.
notice-deactivated = Pozvánka osoby { $name } je deaktivována.
notice-pace-lifted = { $name } teď může najednou zaregistrovat libovolný počet zařízení.
notice-renewed = E-mail s žádostí o obnovení pro { $name } je na cestě.
notice-deleted = Odstraněno: { $name }.
notice-cancelled = Příkaz je zrušen.
notice-revoked = Prohlížeč je odhlášen.
notice-mails-tried = Čekající e-maily se zkouší odeslat znovu.
notice-saved = Uloženo: { $name }.
