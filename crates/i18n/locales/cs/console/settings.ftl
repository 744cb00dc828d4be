### Stránka Nastavení.

settings = Nastavení

## Účet

account = Účet
signed-in-as = Přihlášený účet
version = Verze
sign-out = Odhlásit se

## Přihlášené prohlížeče

signed-in-browsers = Přihlášené prohlížeče
this-browser = Tento prohlížeč
browser-on = { $browser }, { $system }
unknown-browser = Neznámý prohlížeč
session-times = Přihlášení { $first }, naposledy zde { $seen }

## Vzhled

appearance = Vzhled
theme-system = Podle systému
theme-light = Světlý
theme-dark = Tmavý

## E-mail

mail = E-mail
mail-by-server = E-maily se odesílají přes nastavený poštovní server.
mail-to-files = E-maily se ukládají jako soubory do složky { $folder } mezi daty serveru, protože není nastaven žádný poštovní server.
mail-to-files-hint = Aby se odesílaly, spusťte server s { $flag }.

## Upomínky

reminders = Upomínky
reminders-text = Komu se nedaří pokračovat, dostane e-mail automaticky: znovu pozvánku, nebo obnovení zařízení. Nikdo nedostane víc než jeden během jednoho dne a nikdo, čí pozvánka byla deaktivována, nedostane žádný.
reminder-rule = po { $days } dnech, nejvýše { $times } krát
reminder-days = Dny do upomínky: { $cause }
reminder-times = Nejvyšší počet upomínek: { $cause }
reminders-save = Uložit upomínky
reminders-saved = Upomínky jsou uloženy.
reminders-failed = Neuloženo. Zadejte 1 až 90 dní a pro každý důvod 1 až 10 upomínek.
reminder-sent = Upomínka { $number } odeslána: { $cause }

## Jazyk

language-of-browser = Jazyk prohlížeče
language-save = Použít tento jazyk
language-hint = Platí pro váš účet v každém prohlížeči. E-maily a stránky pozvaných lidí mají vlastní jazyk.
