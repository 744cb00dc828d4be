### Pozvánky: seznam.

search-people = Hledat jméno nebo e-mail
any-state = Jakýkoli stav
invitations-caption = Pozvánky
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
invitations-renew = Pozvat tyto osoby znovu?
invitations-renew-text = Každá osoba dostane e-mailem novou pozvánku. Kdo má aktivní pozvánku, ponechá si ji a bude přeskočen.
invitations-resend-text = Každá osoba dostane e-mail s pozvánkou znovu. Pozvánky, které už nejsou aktivní, budou přeskočeny.
invitations-deactivate-text = Jejich QR kódy, adresy URL a PINy okamžitě přestanou fungovat. Zařízení, která už jsou zaregistrovaná, zůstanou zaregistrovaná.
ended-manual = Deaktivoval správce { $at }.
ended-replaced = Nahrazena novější pozvánkou { $at }.
ended-expired = Platnost skončila { $at }.
mail-refused = E-mail byl odmítnut:
mail-not-yet = Zatím nedoručeno, zkusí se to znovu:
