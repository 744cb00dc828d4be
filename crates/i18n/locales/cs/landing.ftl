### Stránka, kterou pozvaný člověk otevře v telefonu. Krátké, prosté věty, vykání.

title-choose = Nastavení zařízení
title-follow = Připojení zařízení
title-not-ready = Registrace zatím není možná
title-done = Hotovo
title-enrolled = Zaregistrováno

language-switch = Jazyk
help-heading = Potřebujete pomoc?
help-ask = Obraťte se na { $who }.
copy = Kopírovat
copied = Zkopírováno
selected = Označeno

trail = Průběh
trail-accept = Přijetí
trail-connect = Připojení
trail-done = Hotovo

choose-hello = Dobrý den, { $name }
choose-lead = { $inviter } vás zve k registraci telefonu nebo tabletu. Zabere to asi dvě minuty.
choose-question = Které zařízení chcete nastavit?
choose-incomplete = Odpovězte prosím na obě otázky a pozvánku přijměte znovu.
choose-whose = Komu zařízení patří?
choose-what = Co je to za zařízení?
choose-accept = Přijmout pozvánku
choose-accept-note = Přijetím se nic nenainstaluje. Další stránka ukáže kroky pro vaše zařízení.

follow-heading = Připojte { device-own }, { $name }
follow-change = Změnit
android-install = Nainstalujte agenta
android-install-how = Nainstalujte agenta Rollcall, kterého dostanete od svého helpdesku. V obchodě s aplikacemi zatím není; referenční agent je program, který běží v Termuxu.
android-connect = Připojte ho
android-connect-how = Předejte agentovi tento odkaz. V Termuxu spusťte:
android-allow = Povolte, co potřebuje
android-allow-how = Agent potřebuje: { $permissions }. Bez toho nelze registraci dokončit.
app-get = Nainstalujte aplikaci
app-get-how = Klepněte na tlačítko. Potom otevřete stažený soubor a klepněte na „Instalovat“.
app-get-button = Stáhnout aplikaci
app-source = Když Android nedovolí prohlížeči instalovat aplikace
app-source-how = V té zprávě klepněte na „Nastavení“, zapněte „Povolit z tohoto zdroje“ a vraťte se.
app-warning = Když Android před aplikací varuje
app-warning-how = Aplikace je od vaší organizace, ne z obchodu, a tak ji služba Google Play Protect nemusí znát. Klepněte na „Další podrobnosti“ a potom na „Přesto nainstalovat“.
app-open = Otevřete ji
app-open-how = Vraťte se na tuto stránku a klepněte na tlačítko. Aplikace se pak připojí sama.
app-open-button = Otevřít v aplikaci Rollcall
app-pin-how = Aplikace se zeptá na tyto tři údaje. PIN platí jen společně s e-mailem.
app-allow-how = Aplikace potřebuje: { $permissions }. Bez toho nelze registraci dokončit.
app-restricted = Když Android hlásí „Omezené nastavení“
app-restricted-how = Otevřete „Nastavení“, „Aplikace“, „Rollcall“. Nahoře klepněte na tři tečky a potom na „Povolit omezená nastavení“. Pak se vraťte do aplikace a povolte to tam.
browser-heading = Otevřete tuto stránku v prohlížeči
browser-text = Program, který tuto stránku ukazuje, možná neumí aplikaci stáhnout. Zkopírujte tento odkaz a vložte jej do prohlížeče:
computer-text-android = Naskenujte tento kód fotoaparátem svého zařízení, nebo odkaz otevřete tam.
linux-get = Opatřete si agenta
linux-get-how = Požádejte helpdesk o program { $program } a uložte ho do svého zařízení.
linux-connect = Připojte ho
linux-connect-how = Otevřete terminál a spusťte:
linux-finish = Nechte ho doběhnout
linux-finish-how = Agent vypíše pro každý krok jeden řádek. Počkejte, až oznámí, že je hotovo.
code-other-device = QR kód pro jiné zařízení
code-other-device-how = Otevřete tuto stránku na druhé obrazovce a naskenujte kód agentem nebo fotoaparátem svého zařízení.
code-picture = QR kód vašeho registračního odkazu
pin-instead = Zadat místo toho PIN
pin-instead-how = Agent se zeptá na tyto tři údaje. PIN platí jen společně s e-mailem.
pin-terminal = V terminálu:
privacy-heading = Co váš helpdesk vidí a může dělat
privacy-sees = Vidí model a verzi zařízení, baterii, úložiště a síť, jaká oprávnění agent má a kdy se zařízení naposledy ozvalo. Může zjistit polohu zařízení, nechat ho zazvonit, zobrazit na něm zprávu a zamknout ho. Firemní zařízení, která to dovolují, může i vymazat.
privacy-never = Agent nečte zprávy, fotky, kontakty ani historii prohlížeče.

status = Stav
status-steps = Hotové kroky
status-check = Zkontrolovat znovu
status-waiting = Čekáme na { device-yours }…
status-pending = Spojení už proběhlo, ale { device-yours } zatím nepokračuje. Otevřete agenta a postupujte podle jeho pokynů.
status-enrolling = { device-yours-first } je ve spojení: krok { $step } z { $steps }, { $label }.
status-done = Hotovo. { device-yours-first } je { device-enrolled }.
status-permissions-lost =
    { $count ->
        [0] { device-yours-first } je { device-enrolled }, ale agent přišel o oprávnění, které potřebuje.
        [one] { device-yours-first } je { device-enrolled }, ale agent přišel o jedno oprávnění, které potřebuje.
        [few] { device-yours-first } je { device-enrolled }, ale agent přišel o { $count } oprávnění, která potřebuje.
       *[other] { device-yours-first } je { device-enrolled }, ale agent přišel o { $count } oprávnění, která potřebuje.
    }
status-silent = { device-yours-first } se delší dobu neozývá. Spojení obnovíte otevřením agenta.
status-unenrolled = { device-yours-first } už není { device-enrolled }. Podle kroků níže ho můžete zaregistrovat znovu.
status-missing =
    { $count ->
        [one] Ještě chybí jedna věc: { $names }.
        [few] Ještě chybí { $count } věci: { $names }.
       *[other] Ještě chybí { $count } věcí: { $names }.
    }

apple-get = Stáhněte profil
apple-get-how = Klepněte na tlačítko a potom na „Povolit“.
apple-get-button = Stáhnout profil
apple-get-soon = iOS smaže profil, který se nenainstaluje do 8 minut. Kdykoli si jej můžete stáhnout znovu.
apple-open = Otevřete Nastavení
apple-open-how = Nahoře v Nastavení klepněte na „Stažen profil“. Pokud tam není, klepněte na „Obecné“ a potom na „VPN a správa zařízení“.
apple-install = Nainstalujte jej
apple-install-how = Klepněte na „Instalovat“, zadejte kód, znovu klepněte na „Instalovat“ a potom na „Důvěřovat“. iOS může ukázat „Neověřeno“: to je v pořádku.
apple-wait = Vraťte se na tuto stránku
apple-wait-how = Ukáže, kdy se { device-yours } připojí.
apple-before = Když to nejde
apple-before-managed = Pokud { device-yours } spravuje jiná organizace nebo je na něm starší zdejší profil, nejdřív tento profil odeberte v Nastavení.
apple-before-protection = Ochrana odcizeného zařízení může chtít hodinu počkat. Režim blokování musí být vypnutý.
apple-before-network = V cestě může být VPN nebo filtr obsahu. Vypněte je, než budete hotovi.
safari-heading = Otevřete tuto stránku v Safari
safari-text = Profil umí nainstalovat jen Safari.
safari-open = Otevřít v Safari
safari-copy = Pokud se nic nestane, zkopírujte tento odkaz a vložte jej do Safari:
computer-heading =
    { $platform ->
        [ios] Otevřete tuto stránku na iPhonu
       *[other] Otevřete tuto stránku na iPadu
    }
computer-text =
    { $platform ->
        [ios] Naskenujte tento kód fotoaparátem iPhonu, nebo na něm odkaz otevřete v Safari.
       *[other] Naskenujte tento kód fotoaparátem iPadu, nebo na něm odkaz otevřete v Safari.
    }
mac-text =
    { $platform ->
        [ios] Mac nelze zaregistrovat. Otevřete tuto stránku na iPhonu.
       *[other] Mac nelze zaregistrovat. Otevřete tuto stránku na iPadu.
    }
not-ready-thanks = Děkujeme, { $name }
not-ready-heading =
    { $platform ->
        [ios] iPhony
       *[other] iPady
    } teď nelze zaregistrovat
not-ready-text = Vaše organizace zatím nedokončila nastavení registrace zařízení Apple. Helpdesk vidí, že jste pozvání přijali; zeptejte se, kdy to bude možné.
not-ready-other = Vybrat jiné zařízení
# $minutes: číslo
status-fetched =
    { $minutes ->
        [one] Profil je stažený. Nainstalujte jej v Nastavení do jedné minuty.
       *[other] Profil je stažený. Nainstalujte jej v Nastavení do { $minutes } minut.
    }
status-pending-apple = { device-yours-first } se připojil, ale nastavení zatím nepokračuje. Odemkněte jej a nechte jej online.
status-silent-apple = { device-yours-first } se delší dobu neozval. Zapněte jej a připojte k internetu.
status-lapsed = Profil se do 8 minut nenainstaloval, a iOS jej proto smazal. Stáhněte si jej znovu.
status-issued = { device-yours-first } instaluje profil…
status-unfinished = Instalace profilu se nedokončila. Stáhněte si jej znovu.
privacy-sees-apple = Vidí model a verzi zařízení, jeho úložiště a baterii, telefonní číslo a zda má kód. Může je zamknout. Zařízení organizace může také vymazat a zařízení pod dohledem najít, když je nejdřív přepne do režimu ztráty.
privacy-never-apple = Nemůže číst zprávy, fotografie, kontakty ani historii prohlížení.

done-heading = Hotovo, { $name }
done-device = Zařízení { $device } je zaregistrováno.
done-some-device = Vaše zařízení je zaregistrováno.
done-close = Tuto stránku můžete zavřít.
done-another = Zaregistrovat další zařízení
done-again = Nastavit toto zařízení znovu
enrolled-this = Pokud je to toto zařízení, není třeba nic dalšího.
enrolled-other = Pokud je to jiné zařízení, můžete je zaregistrovat také.
enrolled-enroll = Zaregistrovat toto zařízení

replaced-title = Tuto pozvánku nahradila novější
replaced-text = Tímto odkazem, jeho QR kódem ani PINem už nelze zařízení zaregistrovat.
replaced-next = Najděte novější e-mail a použijte odkaz v něm.
replaced-status = Tuto pozvánku nahradila novější.
manual-title = Tato pozvánka byla zrušena
manual-text = Další zařízení s ní zaregistrovat nelze. Dříve zaregistrovaná zařízení zůstávají zaregistrovaná.
manual-next = Pokud chcete ještě nějaké zařízení zaregistrovat, požádejte o novou pozvánku.
manual-status = Tato pozvánka byla zrušena.
expired-title = Platnost této pozvánky vypršela
expired-text = Už s ní nelze registrovat zařízení.
expired-next = Požádejte o novou pozvánku.
expired-status = Platnost této pozvánky vypršela.
unknown-title = Tento odkaz tu neznáme
unknown-text = Možná se při kopírování část ztratila.
unknown-next = Otevřete ho znovu z e-mailu, nebo ho zkopírujte celý.
unavailable-title = Zkuste to prosím za chvíli znovu
unavailable-text = Server teď nemůže vaši pozvánku vyhledat. Váš odkaz platí dál.
unavailable-next = Za minutu stránku načtěte znovu.
