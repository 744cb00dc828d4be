### Seznamy: hledání, filtry, tabulky a stránky.

## Hledání a filtry

search = Hledání
filters = Filtry
clear-all = Zrušit všechny
clear-all-filters = Zrušit všechny filtry
remove-filter = Zrušit filtr:
nothing-matches = Nic neodpovídá

## Tabulky

actions = Akce
actions-for = Akce: { $name }
new-rows =
    { $count ->
        [one] { $count } nový řádek – zobrazit
        [few] { $count } nové řádky – zobrazit
       *[other] { $count } nových řádků – zobrazit
    }
order-changed = Pořadí se změnilo – zobrazit

## Stránky

pages = Stránky
rows-per-page = Řádků na stránku
previous = Předchozí
next = Další
more-rows = více než { $count } řádků
more-people = více než { $count } osob
more-invitations = více než { $count } pozvánek

## Vybrané řádky

selection = Výběr
select-row = Vybrat: { $name }
select-page = Vybrat všechny řádky na této stránce
rows-selected =
    { $count ->
        [one] vybrán { $count } řádek
        [few] vybrány { $count } řádky
       *[other] vybráno { $count } řádků
    }
select-matching =
    { $count ->
        [one] Vybrat { $count } odpovídající řádek
        [few] Vybrat všechny { $count } odpovídající řádky
       *[other] Vybrat všech { $count } odpovídajících řádků
    }
clear-selection = Zrušit výběr
clear-search = Vymazat hledání
