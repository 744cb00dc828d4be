### Die E-Mails einer Einladung und einer Erneuerung. Texte auf „-text“ gehören zur Fassung ohne HTML.

mail-hello = Guten Tag, { $name }
mail-hello-text = Guten Tag, { $name },
mail-next = So geht es weiter
mail-next-text = So geht es weiter:
mail-pin = Sie können auch eine PIN eingeben.
mail-pin-asks = Der Agent auf dem Gerät fragt nach:
mail-no-button = Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in den Browser Ihres Geräts:
mail-keep = Wer diesen Link, den Code oder die PIN hat, kann ein Gerät in Ihrem Namen registrieren. Bitte leiten Sie diese E-Mail deshalb nicht weiter.
mail-keep-text = Wer diesen Link oder die PIN hat, kann ein Gerät in Ihrem Namen registrieren. Bitte leiten Sie diese E-Mail deshalb nicht weiter.
mail-questions = Fragen? Wenden Sie sich an { $helper }.

invitation-subject = Gerät registrieren: { $inviter } lädt Sie ein
invitation-button = Einladung öffnen
invitation-open = Öffnen Sie diese E-Mail auf dem Gerät, das Sie registrieren möchten, und tippen Sie auf die Schaltfläche oben. Oder scannen Sie den Code unten mit der Kamera des Geräts.
invitation-open-text = Öffnen Sie diesen Link auf dem Gerät, das Sie registrieren möchten:
invitation-accept = Wählen Sie, wem das Gerät gehört, und tippen Sie auf „{ choose-accept }“.
invitation-follow = Folgen Sie den Schritten für Ihr Gerät, bis auf der Seite „{ title-done }“ steht.

renew-subject = Bitte wieder verbinden: { $device }
renew-some-device = Ihr Gerät
renew-button = Gerät wieder verbinden
renew-lead = { $inviter } bittet Sie, { $device } wieder zu verbinden. Das Gerät lässt sich nicht mehr verwalten oder wurde nie fertig eingerichtet. Das Verbinden dauert etwa zwei Minuten.
renew-open = Öffnen Sie diese E-Mail auf dem Gerät und tippen Sie auf die Schaltfläche oben. Oder scannen Sie den Code unten mit der Kamera des Geräts.
renew-open-text = Öffnen Sie diesen Link auf dem Gerät:
renew-agent = Wenn der Agent noch installiert ist, öffnen Sie ihn und verbinden Sie ihn mit diesem Link. Wenn nicht, zeigt die Seite, wie Sie ihn installieren.
renew-allow = Erlauben Sie, worum der Agent bittet, und warten Sie, bis er meldet, dass er fertig ist.

## Warnings about the push certificate, to the accounts of the console

push-ends-subject = { $count ->
    [one] Das Push-Zertifikat für iPhones und iPads läuft in { $count } Tag ab
   *[other] Das Push-Zertifikat für iPhones und iPads läuft in { $count } Tagen ab
 }
push-ended-subject = Das Push-Zertifikat für iPhones und iPads ist abgelaufen
push-ends-lead = Das Push-Zertifikat läuft am { $time } ab. Danach kann kein iPhone oder iPad mehr erreicht oder registriert werden.
push-ended-lead = Das Push-Zertifikat ist am { $time } abgelaufen. Bis es erneuert ist, kann kein iPhone oder iPad erreicht oder registriert werden. Keines ist verloren: Sie bleiben registriert.
push-renew = Erneuern Sie es auf identity.apple.com mit dem Apple Account, mit dem es erstellt wurde. Wählen Sie „Renew“ und nicht „Create a Certificate“: Mit einem anderen Topic gehen alle iPhones und iPads verloren.
push-renew-account = Erneuern Sie es auf identity.apple.com mit dem Apple Account { $account }. Wählen Sie „Renew“ und nicht „Create a Certificate“: Mit einem anderen Topic gehen alle iPhones und iPads verloren.
push-page = Die Schritte stehen unter Einstellungen → Apple-Geräte: { $url }
push-why = Sie erhalten diese E-Mail, weil Sie ein Konto von Rollcall auf { $server } haben. Sie kommt 60, 30, 14, 7 und 1 Tage vor dem Ende und danach täglich, bis das Zertifikat erneuert ist.
