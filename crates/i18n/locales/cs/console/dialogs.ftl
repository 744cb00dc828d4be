### Dialogová okna.

## Zvaní

people-hint = Jedna osoba na řádek: Jméno <e-mail>, jen e-mail, nebo jméno,e-mail vložené z tabulky. Kdo už má aktivní pozvánku, dostane novou, která ji nahradí; v seznamu více osob ne, pokud byla odeslána během poslední hodiny.
send-invitations = Odeslat pozvánky
create-invitations = Vytvořit pozvánky
send-now = Odeslat pozvánku e-mailem hned
send-now-hint = S odkazem, QR kódem a PINem.
create-only = Vytvořit bez odeslání
create-only-hint = Pro telefony, které nastavujete sami: přístupové údaje zobrazíte nebo vytisknete.
ends-on = Platí do dne
ends-on-hint = Bez data platí pozvánka, dokud ji nedeaktivujete.
ends-at = Platí do { $at }
invite-preview = Náhled
to-invite = K pozvání: { $count }.
to-invite-but =
    { $count ->
        [one] K pozvání: { $good }, nesrozumitelný řádek: { $count }.
        [few] K pozvání: { $good }, nesrozumitelné řádky: { $count }.
       *[other] K pozvání: { $good }, nesrozumitelných řádků: { $count }.
    }
line-error = Řádek { $number }: { $error }
line-error-remove = Řádek { $number }: { $error } Opravte ho, nebo odstraňte.
type-an-email = Zadejte alespoň jeden e-mail.
choose-a-day = Vyberte dnešek nebo pozdější den.
line-no-email = Na tomto řádku není e-mailová adresa.
line-several-addresses = Na tomto řádku je několik e-mailových adres, ale ne ke každé jméno. Napište každou osobu na vlastní řádek.
line-twice = Tento e-mail už je na řádku { $number }.
line-too-many = Najednou lze pozvat nejvýše { $count } osob.
invite-progress = Hotovo: { $done } z { $total }. Tuto stránku můžete zavřít.
just-invited = Pozváno před méně než hodinou. Ta pozvánka zůstává.
invited-mails = Pozváno: { $count }. E-maily jsou na cestě.
invited-without = Vytvořeno, ale neodesláno: { $count }. Přístupové údaje předejte sami.
invited-some = Pozváno: { $count } z { $all }.

## Přístupové údaje

credentials = Přístupové údaje
credentials-for = Pro: { $name }. Každým z těchto údajů lze zaregistrovat libovolný počet zařízení, dokud pozvánku nedeaktivujete.
print = Vytisknout
qr-label = QR kód registrační adresy URL
qr-hint = Naskenujte fotoaparátem telefonu nebo v agentovi.
wizard = Nový firemní telefon
wizard-label = QR kód pro průvodce nastavením
wizard-how = Jen na telefonu po obnovení továrního nastavení: na uvítací stránce klepněte šestkrát na stejné místo a potom naskenujte tento kód. Telefon pak patří organizaci.
wizard-allowlist = Google takto dovolí nastavit telefon jen aplikacím, které schválil, a Rollcall mezi ně zatím nepatří: telefony s Google Play to mohou odmítnout.
enrollment-url = Registrační adresa URL
pin-email = E-mail, který patří k PINu
email-to-copy = e-mail

## Dotazy

type-the-name = Pro potvrzení napište název
type-the-name-exactly = Napište název přesně tak, jak je uveden výše.

## Mnoho řádků

bulk-resend = Odeslat pozvánky znovu?
bulk-resend-text = Každá osoba dostane pozvánku e-mailem znovu. Řádky se zařízením se přeskočí.
bulk-renew = Obnovit zařízení?
bulk-renew-text = Každá osoba dostane e-mail, který ji znovu provede registrací. Řádky bez zařízení se přeskočí.
bulk-deactivate = Deaktivovat pozvánky?
bulk-deactivate-text = Jejich QR kódy, adresy URL a PINy okamžitě přestanou platit. Řádky se zařízením se přeskočí.
bulk-locate = Vyhledat polohu zařízení?
bulk-locate-text = Každé zařízení ohlásí svou polohu, jakmile se ozve. Řádky bez zařízení se přeskočí.
bulk-lock = Zamknout zařízení?
bulk-lock-text = Jejich obrazovky se zamknou, jakmile se zařízení ozvou. Řádky bez zařízení se přeskočí.
bulk-delete = Odstranit zařízení?
bulk-delete-text = Zmizí z konzole a jejich agenti se už nemohou hlásit. Data v zařízeních se nevymažou; řádky bez zařízení se přeskočí.
rows-done =
    { $count ->
        [one] Hotovo: { $count } řádek.
        [few] Hotovo: { $count } řádky.
       *[other] Hotovo: { $count } řádků.
    }
rows-done-but =
    { $count ->
        [one] Hotovo: { $count } řádek, beze změny zůstalo: { $left }
        [few] Hotovo: { $count } řádky, beze změny zůstalo: { $left }
       *[other] Hotovo: { $count } řádků, beze změny zůstalo: { $left }
    }
rows-requested =
    { $count ->
        [one] Vyžádáno od { $count } zařízení.
        [few] Vyžádáno od { $count } zařízení.
       *[other] Vyžádáno od { $count } zařízení.
    }
rows-requested-but =
    { $count ->
        [one] Vyžádáno od { $count } zařízení, beze změny zůstalo: { $left }
        [few] Vyžádáno od { $count } zařízení, beze změny zůstalo: { $left }
       *[other] Vyžádáno od { $count } zařízení, beze změny zůstalo: { $left }
    }

## Osoba

correct-a-person = Upravit osobu
add-a-person = Přidat osobu
email-hint = Pozvánky chodí na tuto adresu. PIN platí jen společně s ní.
locale-hint = Značka jazyka, například en, de nebo fr-CA.
new-credentials = Nový odkaz a PIN
new-credentials-hint = E-mail na starou adresu může být v cizí schránce. Odkaz a PIN z něj přestanou platit a nové odejdou na novou adresu.
send-again = Odeslat pozvánku znovu
