### Nastavení → Zařízení Apple: push certifikát.

apple-devices = Zařízení Apple
apple-text = Rollcall oslovuje iPhony a iPady přes push službu Applu, s certifikátem, který Apple vydává vaší organizaci vždy na rok.

## Stav

apple-state = Push certifikát
apple-none = Push certifikát chybí. Dokud jej nenahrajete, nelze iPhony a iPady zaregistrovat.
apple-good = Push certifikát je platný.
apple-ends = { $count ->
    [one] Platnost push certifikátu skončí za { $count } den. Obnovte jej hned: bez něj není dostupný žádný iPhone ani iPad.
    [few] Platnost push certifikátu skončí za { $count } dny. Obnovte jej hned: bez něj není dostupný žádný iPhone ani iPad.
   *[other] Platnost push certifikátu skončí za { $count } dní. Obnovte jej hned: bez něj není dostupný žádný iPhone ani iPad.
 }
apple-ended = Platnost push certifikátu skončila. Apple už nedoručuje push a žádný iPhone ani iPad není dostupný. Obnovte jej hned: žádné zařízení se kvůli tomu nemusí registrovat znovu.
apple-refused = Apple push certifikát odmítá. Možná byl odvolán: obnovte jej.
apple-topic = Topic
apple-serial = Sériové číslo
apple-until = Platí do
apple-account = Účet Apple
apple-account-none = nezapsán
apple-phones = Zařízení zaregistrovaná s ním
apple-accepted = Poslední push, který Apple přijal
apple-accepted-none = žádný od spuštění Rollcallu

## Kroky

apple-steps-first = Získat push certifikát
apple-steps-renew = Obnovit push certifikát
apple-step-request = Vytvořte žádost. Její klíč si Rollcall ponechá a nikomu jej neukáže.
apple-request = Vytvořit žádost
apple-request-again = Vytvořit další žádost
apple-request-download = Stáhnout žádost
apple-request-made = Vytvořena { $time }. Čeká na svůj certifikát.
apple-step-sign = Nechte žádost podepsat dodavatelem, kterého Apple zná: podpisovou službou, nebo vlastním certifikátem dodavatele a tímto příkazem:
apple-step-create = Přihlaste se na identity.apple.com, zvolte „Create a Certificate“ a nahrajte podepsanou žádost. Použijte účet organizace, ne osobní: bude zase potřeba každý rok.
apple-step-renew = Přihlaste se na identity.apple.com stejným účtem Apple, u současného certifikátu zvolte „Renew“ a nahrajte podepsanou žádost. „Create a Certificate“ vytvoří certifikát s jiným topicem: přišli byste o všechna zařízení.
apple-step-upload = Nahrajte certifikát, který Apple vydal.
apple-file = Certifikát
apple-file-hint = Soubor .pem od Applu.
apple-account-hint = Tímto účtem se certifikát musí obnovit. Rollcall jej nepoužívá: je to poznámka pro toho, kdo certifikát obnovuje.
apple-import = Certifikát pochází z jiného systému
apple-key = Soukromý klíč
apple-key-hint = Soubor PEM bez hesla. Je potřeba jen tehdy, když žádost nevznikla zde.
apple-confirm = Topic nového certifikátu
apple-confirm-hint = Jen pokud chcete o zaregistrovaná zařízení přijít: napište výše uvedený topic a vyberte soubor znovu.
apple-upload = Nahrát
apple-saved = Push certifikát se používá.

## Proč je certifikát odmítnut

apple-broken = Formulář nedorazil celý, nebo je soubor větší než 64 KB.
apple-no-request = Žádná žádost nečeká na certifikát. Nejdřív ji vytvořte.
apple-no-certificate = Tento soubor není push certifikát pro správu zařízení. Nahrajte soubor .pem z identity.apple.com.
apple-bad-dates = Tento certifikát dnes neplatí: jeho platnost skončila, nebo ještě nezačala.
apple-bad-key = Tento klíč nelze použít. Musí to být klíč RSA ve formátu PEM bez hesla.
apple-other-key = Tento certifikát patří k jinému klíči. Nahrajte ten, který Apple vydal na žádost tohoto Rollcallu, nebo k němu přiložte jeho soukromý klíč.
apple-other-topic = { $count ->
    [one] Tento certifikát má jiný topic ({ $topic }). Se současným je zaregistrováno { $count } zařízení a přišli byste o ně. Zvolte místo toho u Applu „Renew“, stejným účtem Apple.
    [few] Tento certifikát má jiný topic ({ $topic }). Se současným jsou zaregistrována { $count } zařízení a přišli byste o všechna. Zvolte místo toho u Applu „Renew“, stejným účtem Apple.
   *[other] Tento certifikát má jiný topic ({ $topic }). Se současným je zaregistrováno { $count } zařízení a přišli byste o všechna. Zvolte místo toho u Applu „Renew“, stejným účtem Apple.
 }
