### Import osob ze souboru, export seznamů, pozvání mnoha osob.

export-list = Exportovat
import-people = Import osob
import-from-file = Importovat

## Soubor

import-file = Soubor CSV
import-file-hint = Jeden řádek pojmenovává sloupce: e-mail a případně jméno a jazyk. Exporty z adresářů a tabulkových programů se čtou tak, jak jsou. Nejvýše 10 MB a 100 000 řádků.
import-encoding = Kódování
import-encoding-auto = Rozpoznat automaticky
import-encoding-1250 = Windows-1250 (střední Evropa)
import-encoding-hint = Pokud písmena v náhledu vypadají špatně, zvolte druhé.
import-show-preview = Zobrazit náhled
import-nothing-yet = Nic se neimportuje, dokud neuvidíte náhled a nepotvrdíte ho.

## Co je špatně se souborem

import-empty = Soubor je prázdný.
import-too-large = Soubor je příliš velký: nejvýše 10 MB.
import-too-many-lines = Soubor má příliš mnoho řádků: nejvýše 100 000. Rozdělte ho a importujte části postupně.
import-not-text = Toto není soubor CSV. Pokud je to tabulka, uložte ji jako CSV (UTF-8) a vyberte ten soubor.
import-no-email-column = Chybí sloupec s e-mailem. Má mít záhlaví „E-mail“ a sloupec se jménem „Jméno a příjmení“, nebo „Jméno“ a „Příjmení“. První řádek je: { $found }
import-no-lines = Pod záhlavím nejsou žádné řádky.
import-gone = Tento náhled už neexistuje: uchovával se 30 minut, nebo jej nahradil jiný soubor.

## Co je špatně s řádkem

import-unreadable = Některé znaky nelze přečíst.
import-too-long = Řádek je příliš dlouhý. Uvozovky, které nejsou uzavřeny, udělají ze všeho dalšího jeden dlouhý řádek.
import-open-quote = Uvozovka na tomto řádku není uzavřená. Odstraňte ji; řádky pod ní byly přečteny bez ní.
import-columns = Tento řádek má { $found } sloupců, záhlaví { $expected }.
import-name-missing = Chybí jméno.
import-email-missing = Chybí e-mail.
import-locale-unknown = „{ $text }“ není srozumitelné jako jazyk a vynechá se.
import-twice = Tento e-mail už je na řádku { $line }.

## Náhled

import-read-as = { $file }, čteno jako { $encoding }. Zatím se nic neimportovalo.
import-ignored = Vynechané sloupce: { $columns }
import-doubts = { $count ->
    [one] Na { $count } řádku není jazyk srozumitelný. Osoba se importuje bez něj.
    [few] Na { $count } řádcích není jazyk srozumitelný. Tyto osoby se importují bez něj.
   *[other] Na { $count } řádcích není jazyk srozumitelný. Tyto osoby se importují bez něj.
 }
import-new = Noví
import-differs = Jiné jméno nebo jazyk
import-unchanged = Beze změny
import-left-out = Přeskočeno
import-lines-shown = Zobrazené řádky
import-line = Řádek
import-person = Osoba
import-outcome = Co se stane
import-will-add = Bude přidána
import-will-stay = Už je známa
import-current-name = Dosud se jmenuje { $name }
import-current-locale = Dosavadní jazyk: { $locale }
import-is-invited = Má aktivní pozvánku
import-no-such-lines = Žádný takový řádek tu není.
import-page-of = Strana { $page } z { $pages }
import-correct = { $count ->
    [one] Opravit jméno nebo jazyk { $count } osoby
    [few] Opravit jména a jazyky { $count } osob
   *[other] Opravit jména a jazyky { $count } osob
 }
import-invite = { $count ->
    [one] Pozvat e-mailem { $count } osobu bez aktivní pozvánky
    [few] Pozvat e-mailem { $count } osoby bez aktivní pozvánky
   *[other] Pozvat e-mailem { $count } osob bez aktivní pozvánky
 }
import-start = { $count ->
    [one] Importovat { $count } řádek
    [few] Importovat { $count } řádky
   *[other] Importovat { $count } řádků
 }
import-leaves-out = { $count ->
    [one] { $count } řádek se přeskočí.
    [few] { $count } řádky se přeskočí.
   *[other] { $count } řádků se přeskočí.
 }
import-download-left-out = Stáhnout přeskočené řádky s důvody
import-other-file = Vybrat jiný soubor

## Průběh a výsledek

import-under-way = Import běží. Tuto stránku můžete opustit.
import-progress = { $done } z { $total } řádků
import-cancel = Zrušit import
import-cancelling = Import se ruší.
import-complete = Import je hotov.
import-cancelled = Import byl zrušen. Dokončíte jej novým importem téhož souboru.
import-broken = Import se zastavil, protože se u nás něco pokazilo; podrobnosti jsou v protokolu serveru. Dokončíte jej novým importem téhož souboru.
import-added = Přidáno
import-corrected = Opraveno
import-differing-left = Ponecháno s jiným jménem nebo jazykem
import-invited = Pozváno
import-already-invited = Už mělo aktivní pozvánku
import-failed = Nepodařilo se
import-failure = Řádek { $line }, { $email }: { $reason }
import-again = Importovat další soubor

## Mnoho osob najednou

invite-many = Pozvat
invite-many-title = Pozvat tyto osoby?
invite-many-effect = Každá osoba dostane pozvánku e-mailem. Kdo má aktivní pozvánku, ponechá si ji a přeskočí se.
