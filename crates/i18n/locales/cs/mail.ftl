### E-maily s pozvánkou a s žádostí o obnovení. Texty končící na „-text“ patří do verze bez HTML.

mail-hello = Dobrý den, { $name }
mail-hello-text = Dobrý den, { $name },
mail-next = Jak postupovat
mail-next-text = Jak postupovat:
mail-pin = Můžete také zadat PIN.
mail-pin-asks = Agent v zařízení se zeptá na tyto údaje:
mail-no-button = Pokud tlačítko nefunguje, zkopírujte tuto adresu do prohlížeče ve svém zařízení:
mail-keep = Kdo má tento odkaz, kód nebo PIN, může vaším jménem zaregistrovat zařízení. Tento e-mail proto prosím nepřeposílejte.
mail-keep-text = Kdo má tento odkaz nebo PIN, může vaším jménem zaregistrovat zařízení. Tento e-mail proto prosím nepřeposílejte.
mail-questions = Máte dotazy? Obraťte se na { $helper }.

invitation-subject = Registrace zařízení: zve vás { $inviter }
invitation-button = Otevřít pozvánku
invitation-open = Otevřete tento e-mail v zařízení, které chcete zaregistrovat, a použijte tlačítko výše. Nebo naskenujte kód níže fotoaparátem zařízení.
invitation-open-text = Otevřete tento odkaz v zařízení, které chcete zaregistrovat:
invitation-accept = Vyberte, komu zařízení patří, a klepněte na „{ choose-accept }“.
invitation-follow = Postupujte podle kroků pro své zařízení, dokud stránka neukáže „{ title-done }“.

renew-subject = Znovu připojte { $device }
renew-some-device = své zařízení
renew-button = Znovu připojit zařízení
renew-lead = { $inviter } vás prosí, abyste znovu připojili { $device }. Zařízení už nelze spravovat nebo jeho nastavení nebylo dokončeno. Připojení zabere asi dvě minuty.
renew-open = Otevřete tento e-mail v zařízení a použijte tlačítko výše. Nebo naskenujte kód níže fotoaparátem zařízení.
renew-open-text = Otevřete tento odkaz v zařízení:
renew-agent = Pokud je agent stále nainstalovaný, otevřete ho a připojte pomocí tohoto odkazu. Pokud ne, stránka ukáže, jak ho nainstalovat.
renew-allow = Povolte, o co agent požádá, a počkejte, až oznámí, že je hotovo.

## Warnings about the push certificate, to the accounts of the console

push-ends-subject = { $count ->
    [one] Push certifikátu pro iPhony a iPady zbývá { $count } den platnosti
    [few] Push certifikátu pro iPhony a iPady zbývají { $count } dny platnosti
   *[other] Push certifikátu pro iPhony a iPady zbývá { $count } dní platnosti
 }
push-ended-subject = Platnost push certifikátu pro iPhony a iPady vypršela
push-ends-lead = Platnost push certifikátu vyprší { $time }. Od té chvíle nelze žádný iPhone ani iPad zastihnout ani zaregistrovat.
push-ended-lead = Platnost push certifikátu vypršela { $time }. Dokud ho neobnovíte, nelze žádný iPhone ani iPad zastihnout ani zaregistrovat. Žádný není ztracen: zůstávají zaregistrované.
push-renew = Obnovte ho na identity.apple.com účtem Apple, se kterým byl vytvořen. Zvolte „Renew“, nikoli „Create a Certificate“: s jiným tématem přijdete o všechny iPhony a iPady.
push-renew-account = Obnovte ho na identity.apple.com účtem Apple { $account }. Zvolte „Renew“, nikoli „Create a Certificate“: s jiným tématem přijdete o všechny iPhony a iPady.
push-page = Postup je v Nastavení → Zařízení Apple: { $url }
push-why = Tento e-mail dostáváte, protože máte účet v Rollcallu na { $server }. Přichází 60, 30, 14, 7 a 1 den před koncem a potom denně, dokud není certifikát obnoven.
