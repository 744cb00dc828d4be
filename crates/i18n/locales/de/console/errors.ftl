### Was schiefging, in Sätzen für den Benutzer.

## Vom Server

too-many = Zu viele Versuche. Versuchen Sie es in { $wait } noch einmal.
too-many-enrollments = Mit dieser Einladung wurden innerhalb einer Stunde zu viele Geräte registriert. Versuchen Sie es in { $wait } noch einmal.
wait-seconds =
    { $count ->
        [one] { $count } Sekunde
       *[other] { $count } Sekunden
    }
wait-minutes =
    { $count ->
        [one] { $count } Minute
       *[other] { $count } Minuten
    }
no-answer = Der Server hat nicht geantwortet. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.
server-failed = Auf dem Server ist etwas schiefgegangen. Einzelheiten stehen in seinem Protokoll.
form-unreadable = Das Formular ließ sich nicht lesen. Laden Sie die Seite neu und versuchen Sie es noch einmal.
not-set-up = Der Server ist dafür nicht eingerichtet.
gone = Das gibt es nicht mehr.
email-taken = Eine andere Person hat schon diese E-Mail-Adresse.
credentials-invalid = Diese Zugangsdaten sind nicht gültig.
busy = Rollcall ist gerade ausgelastet. Versuchen Sie es gleich noch einmal.
database-down = Rollcall kann seine Datenbank gerade nicht verwenden. Es wurde nichts geändert. Versuchen Sie es in ein paar Minuten noch einmal.
unconfirmed = Die Datenbank hat versagt, während dies gespeichert wurde. Prüfen Sie, ob es gespeichert ist, bevor Sie es noch einmal versuchen.
record-damaged = Ein gespeicherter Datensatz ist beschädigt, deshalb ist das nicht möglich. Einzelheiten stehen im Protokoll des Servers.
row-damaged = Dieser Datensatz ist beschädigt und kann nicht gelesen werden. Das Protokoll des Servers nennt ihn.
internal-error = Bei uns ist etwas schiefgegangen. Einzelheiten stehen im Protokoll des Servers.

## Die Regeln sagen Nein

refused-deactivated = Diese Einladung wurde deaktiviert.
refused-replaced = Diese Einladung wurde durch eine neuere ersetzt. Verwenden Sie die neueste E-Mail.
refused-expired = Diese Einladung ist abgelaufen.
refused-no-invitation = Es gibt keine aktive Einladung. Senden Sie eine neue.
refused-already-invited = Es gibt schon eine aktive Einladung.
refused-mail-queued = Eine E-Mail ist schon unterwegs.
refused-mail-just-sent = Vor weniger als einer Minute wurde eine E-Mail gesendet.
refused-no-device = Dieses Gerät wurde gelöscht.
refused-nothing-to-renew = Dieses Gerät funktioniert: Es gibt nichts zu erneuern.
refused-unenrolled = Dieses Gerät ist nicht mehr registriert. Es muss sich neu registrieren.
refused-wiped = Dieses Gerät wurde zurückgesetzt. Es muss sich neu registrieren.
refused-device-replaced = Dieses Gerät wurde neu registriert. Nehmen Sie seine neuere Zeile.
refused-wipe-pending = Für dieses Gerät ist ein Zurücksetzen angefordert. Wird das Gerät hier gelöscht, entfällt es, und die Daten bleiben auf dem Gerät.
refused-finished = Dieser Befehl ist schon abgeschlossen.

## Ein Feld ist nicht in Ordnung

name-empty = Geben Sie einen Namen ein.
name-too-long =
    { $count ->
        [one] Der Name ist zu lang: höchstens { $count } Zeichen.
       *[other] Der Name ist zu lang: höchstens { $count } Zeichen.
    }
name-control-characters = Der Name enthält unsichtbare Steuerzeichen. Tippen Sie ihn neu, statt ihn einzufügen.
email-invalid = Das ist keine E-Mail-Adresse. Sie sieht so aus: name@example.com.
email-hidden-characters = Die E-Mail-Adresse enthält unsichtbare Zeichen. Tippen Sie sie neu, statt sie einzufügen.
locale-invalid = Das ist kein Sprachkürzel wie en oder de-AT.

expiry-past = Das Ablaufdatum muss in der Zukunft liegen.
account-exists = Es gibt schon ein Konto mit dieser E-Mail-Adresse.
password-too-short =
    { $count ->
        [one] Das Passwort ist zu kurz: mindestens { $count } Zeichen.
       *[other] Das Passwort ist zu kurz: mindestens { $count } Zeichen.
    }
password-too-long =
    { $count ->
        [one] Das Passwort ist zu lang: höchstens { $count } Byte.
       *[other] Das Passwort ist zu lang: höchstens { $count } Byte.
    }
password-guessable = Das Passwort ist zu leicht zu erraten. Nehmen Sie mehrere Wörter, die nicht zusammengehören, und nicht nur Ihre E-Mail-Adresse, den Servernamen oder den Helpdesk.
current-password-wrong = Das aktuelle Passwort ist falsch.
sign-ins-waiting = Zu viele Anmeldungen warten. Versuchen Sie es in einigen Sekunden noch einmal.
too-many-selected =
    { $count ->
        [one] Höchstens { $count } lässt sich auf einmal ändern. Filtern Sie die Liste.
       *[other] Höchstens { $count } lassen sich auf einmal ändern. Filtern Sie die Liste.
    }
too-many-invited =
    { $count ->
        [one] Höchstens { $count } Person kann auf einmal eingeladen werden.
       *[other] Höchstens { $count } Personen können auf einmal eingeladen werden.
    }
message-empty = Die Nachricht ist leer.
message-too-long =
    { $count ->
        [one] Die Nachricht ist zu lang: höchstens { $count } Zeichen.
       *[other] Die Nachricht ist zu lang: höchstens { $count } Zeichen.
    }
command-duration = Die Dauer muss zwischen { $from } und { $to } Sekunden liegen.
lost-text-empty = Der Verlustmodus braucht eine Nachricht oder eine Telefonnummer, die er zeigt.
phone-invalid =
    { $count ->
        [one] Das ist keine Telefonnummer: nur Ziffern, Leerzeichen und + - / . ( ) # *, höchstens { $count } Zeichen.
       *[other] Das ist keine Telefonnummer: nur Ziffern, Leerzeichen und + - / . ( ) # *, höchstens { $count } Zeichen.
    }

## Die Aktion passt nicht zu dem, was in der Zeile steht

not-applicable-resend = Mit dieser Einladung hat sich schon ein Gerät gemeldet. Erneuern Sie stattdessen das Gerät.
not-applicable-deactivate = Diese Zeile ist ein Gerät. Deaktivieren Sie seine Einladung unter „Einladungen“.
not-applicable-renew = Noch hat sich kein Gerät gemeldet. Senden Sie stattdessen die Einladung noch einmal.
not-applicable-delete = Noch hat sich kein Gerät gemeldet. Deaktivieren Sie stattdessen die Einladung.
not-applicable-command = Noch hat sich kein Gerät gemeldet.

## Befehle

refused-command-cancelled = Dieser Befehl wurde zurückgenommen. Er darf nicht ausgeführt werden.
refused-command-expired = Dieser Befehl ist abgelaufen. Er darf nicht ausgeführt werden.
refused-unsupported = Dieses Gerät kann das nicht: { $reason }
refused-lost-mode-pending = Der Verlustmodus wurde schon angefordert. Warten Sie auf das Gerät oder nehmen Sie diese Anforderung erst zurück.
refused-not-lost = Dieses Gerät ist nicht im Verlustmodus.
import-running = Es läuft schon ein Import von Personen. Warten Sie, bis er fertig ist, und starten Sie dann diesen.
