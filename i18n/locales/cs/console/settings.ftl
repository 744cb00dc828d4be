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
mail-to-files = E-maily se ukládají jako soubory do { $folder }, protože není nastaven žádný poštovní server.
mail-to-files-hint = Aby se odesílaly, spusťte server s { $flag }.
