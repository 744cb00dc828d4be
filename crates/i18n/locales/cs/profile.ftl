## Profil pro registraci iPhonů a iPadů, jak jej ukazuje jejich nastavení.

profile-title = Správa zařízení: { $organization }
profile-description = Předá toto zařízení do správy organizace { $organization }.
profile-consent = S tímto profilem může { $organization } vidět technické údaje o tomto zařízení, zamknout je a odebrat, co na něm nastavila. Zařízení organizace může také celé vymazat. Profil můžete kdykoli odebrat v Nastavení; tím správa skončí.
