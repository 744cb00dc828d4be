### Jedno zařízení, nebo pozvánka, která na něj čeká.

waiting-for-device = Čeká se na zařízení
waits-created = Pozvánka byla vytvořena, ale neodeslána. Zobrazte přístupové údaje na obrazovce, nebo je vytiskněte.
waits-queued = E-mail je na cestě na poštovní server.
waits-mail-delayed = Poštovní server e-mail zatím nepřijal. Rollcall to zkouší dál.
waits-mail-failed = E-mail nebyl doručen. Důvod je uveden výše.
waits-sent = Poštovní server e-mail převzal. Tento řádek se změní v zařízení, jakmile se nějaké ozve.
waits-opened = Osoba pozvánku otevřela. Tento řádek se změní v zařízení, jakmile se nějaké ozve.
enrollment = Registrace
step-is-done = hotovo
step-is-here = aktuální krok
step-is-ahead = teprve přijde
timeline = Časová osa

## Příkazy

commands = Příkazy
requested-at = Vyžádáno { $time }
requested-by = Vyžádáno { $time } ({ $name })
waits-for-device = Čeká se na zařízení. Vyprší { $time }.
waits-for-device-seen = Čeká se na zařízení (naposledy { $seen }). Vyprší { $time }.
done-at = Hotovo { $time }

## Co nahlásilo

reported-at = hlášeno { $time }
technical-information = Technické údaje
nothing-sent = Zařízení zatím žádné neposlalo.
find-facts = Hledat v technických údajích
find-facts-hint = Hledat, například úložiště nebo verzi
no-such-fact = Nic takového zařízení nenahlásilo.
