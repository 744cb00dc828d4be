### Pozvánky: seznam.

search-people = Hledat jméno nebo e-mail
any-state = Jakýkoli stav
invitations-caption = Pozvánky, od nejnovější
sent = Odesláno
opened = Otevřeno
ends = Platí do
no-end = Neomezeně
no-invitations = Zatím žádné pozvánky
no-invitations-text = S jednou pozvánkou může osoba zaregistrovat libovolný počet zařízení, dokud pozvánku nedeaktivujete.
no-match-invitations = Hledání a filtru neodpovídá žádná pozvánka.
enrolls-nothing = Už s ní nelze registrovat zařízení.
new-invitation = Nová pozvánka
lift-pace = Zrušit omezení počtu zařízení
pace-is-lifted = Omezení už bylo zrušeno.
mail-refused = E-mail byl odmítnut:
mail-not-yet = Zatím nedoručeno, zkusí se to znovu:
