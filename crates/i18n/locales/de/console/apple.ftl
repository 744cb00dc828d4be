### Einstellungen → Apple-Geräte: das Push-Zertifikat.

apple-devices = Apple-Geräte
apple-text = Rollcall erreicht iPhones und iPads über den Push-Dienst von Apple, mit einem Zertifikat, das Apple Ihrer Organisation jeweils für ein Jahr ausstellt.

## Stand

apple-state = Push-Zertifikat
apple-none = Es gibt kein Push-Zertifikat. iPhones und iPads können erst registriert werden, wenn Sie eines hochladen.
apple-good = Das Push-Zertifikat ist gültig.
apple-ends = { $count ->
    [one] Das Push-Zertifikat läuft in { $count } Tag ab. Erneuern Sie es jetzt: Ohne Zertifikat ist kein iPhone oder iPad erreichbar.
   *[other] Das Push-Zertifikat läuft in { $count } Tagen ab. Erneuern Sie es jetzt: Ohne Zertifikat ist kein iPhone oder iPad erreichbar.
 }
apple-ended = Das Push-Zertifikat ist abgelaufen. Apple stellt keine Pushes mehr zu, und kein iPhone oder iPad ist erreichbar. Erneuern Sie es jetzt: Kein Gerät muss dafür neu registriert werden.
apple-refused = Apple lehnt das Push-Zertifikat ab. Vielleicht wurde es widerrufen: Erneuern Sie es.
apple-topic = Topic
apple-serial = Seriennummer
apple-until = Gültig bis
apple-account = Apple Account
apple-account-none = nicht notiert
apple-phones = Damit registrierte Geräte
apple-accepted = Letzter Push, den Apple angenommen hat
apple-accepted-none = keiner seit dem Start von Rollcall

## Schritte

apple-steps-first = Push-Zertifikat beschaffen
apple-steps-renew = Push-Zertifikat erneuern
apple-step-request = Erstellen Sie eine Anforderung. Rollcall behält den Schlüssel und zeigt ihn niemandem.
apple-request = Anforderung erstellen
apple-request-again = Weitere Anforderung erstellen
apple-request-download = Anforderung herunterladen
apple-request-made = Erstellt { $time }. Sie wartet auf ihr Zertifikat.
apple-step-sign = Lassen Sie die Anforderung von einem Anbieter signieren, den Apple kennt: mit einem Signierdienst oder mit Ihrem eigenen Anbieterzertifikat und diesem Befehl:
apple-step-create = Melden Sie sich bei identity.apple.com an, wählen Sie „Create a Certificate“ und laden Sie die signierte Anforderung hoch. Verwenden Sie einen Account der Organisation und nicht den einer Person: Er wird jedes Jahr wieder gebraucht.
apple-step-renew = Melden Sie sich bei identity.apple.com mit demselben Apple Account an, wählen Sie beim jetzigen Zertifikat „Renew“ und laden Sie die signierte Anforderung hoch. „Create a Certificate“ erzeugt eines mit anderem Topic: Alle Geräte gingen verloren.
apple-step-upload = Laden Sie das Zertifikat hoch, das Apple ausgestellt hat.
apple-file = Zertifikat
apple-file-hint = Die .pem-Datei von Apple.
apple-account-hint = Mit diesem Account muss das Zertifikat erneuert werden. Rollcall benutzt ihn nicht: Er ist eine Notiz für alle, die es erneuern.
apple-import = Das Zertifikat stammt aus einem anderen System
apple-key = Privater Schlüssel
apple-key-hint = Eine PEM-Datei ohne Passphrase. Nur nötig, wenn die Anforderung nicht hier erstellt wurde.
apple-confirm = Topic des neuen Zertifikats
apple-confirm-hint = Nur, wenn Sie die registrierten Geräte verlieren wollen: Geben Sie das oben genannte Topic ein und wählen Sie die Datei noch einmal.
apple-upload = Hochladen
apple-saved = Das Push-Zertifikat wird jetzt verwendet.

## Warum ein Zertifikat abgelehnt wird

apple-broken = Das Formular kam nicht vollständig an, oder eine Datei ist größer als 64 KB.
apple-no-request = Keine Anforderung wartet auf ein Zertifikat. Erstellen Sie zuerst eine.
apple-no-certificate = Diese Datei ist kein Push-Zertifikat für die Geräteverwaltung. Laden Sie die .pem-Datei von identity.apple.com hoch.
apple-bad-dates = Dieses Zertifikat ist heute nicht gültig: Es ist abgelaufen oder noch nicht gültig.
apple-bad-key = Dieser Schlüssel ist nicht verwendbar. Er muss ein RSA-Schlüssel in PEM ohne Passphrase sein.
apple-other-key = Dieses Zertifikat gehört zu einem anderen Schlüssel. Laden Sie das hoch, das Apple für eine Anforderung dieses Rollcall ausgestellt hat, oder seinen privaten Schlüssel dazu.
apple-other-topic = { $count ->
    [one] Dieses Zertifikat hat ein anderes Topic ({ $topic }). { $count } Gerät ist mit dem jetzigen registriert und ginge verloren. Wählen Sie stattdessen bei Apple „Renew“, mit demselben Apple Account.
   *[other] Dieses Zertifikat hat ein anderes Topic ({ $topic }). { $count } Geräte sind mit dem jetzigen registriert, und alle gingen verloren. Wählen Sie stattdessen bei Apple „Renew“, mit demselben Apple Account.
 }
