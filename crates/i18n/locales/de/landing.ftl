### Die Seite, die eingeladene Personen auf dem Smartphone öffnen. Kurze, einfache Sätze, Anrede „Sie“.

title-choose = Gerät einrichten
title-follow = Gerät verbinden
title-not-ready = Registrierung noch nicht möglich
title-done = Fertig
title-enrolled = Registriert

language-switch = Sprache
help-heading = Brauchen Sie Hilfe?
help-ask = Wenden Sie sich an { $who }.
copy = Kopieren
copied = Kopiert
selected = Markiert

trail = Fortschritt
trail-accept = Annehmen
trail-connect = Verbinden
trail-done = Fertig

choose-hello = Guten Tag, { $name }
choose-lead = { $inviter } lädt Sie ein, Ihr Smartphone oder Tablet zu registrieren. Das dauert etwa zwei Minuten.
choose-question = Welches Gerät möchten Sie einrichten?
choose-incomplete = Bitte beantworten Sie beide Fragen und nehmen Sie die Einladung dann noch einmal an.
choose-whose = Wem gehört das Gerät?
choose-what = Was für ein Gerät ist es?
choose-accept = Einladung annehmen
choose-accept-note = Damit wird noch nichts installiert. Die nächste Seite zeigt die Schritte für Ihr Gerät.

follow-heading = Verbinden Sie Ihr { device-noun }, { $name }
follow-change = Ändern
android-install = Agent installieren
android-install-how = Installieren Sie den Rollcall-Agenten, den Sie von Ihrem Helpdesk bekommen. In einem App-Store gibt es ihn noch nicht; der Referenz-Agent ist ein Programm für Termux.
android-connect = Verbinden
android-connect-how = Geben Sie dem Agenten diesen Link. In Termux führen Sie aus:
android-allow = Zugriffe erlauben
android-allow-how = Der Agent braucht: { $permissions }. Ohne diese Zugriffe lässt sich die Registrierung nicht abschließen.
app-get = App installieren
app-get-how = Tippen Sie auf die Schaltfläche. Öffnen Sie dann die heruntergeladene Datei und tippen Sie auf „Installieren“.
app-get-button = App herunterladen
app-source = Wenn Android den Browser keine Apps installieren lässt
app-source-how = Tippen Sie in dieser Meldung auf „Einstellungen“, schalten Sie „Dieser Quelle vertrauen“ ein und gehen Sie zurück.
app-warning = Wenn Android vor der App warnt
app-warning-how = Die App kommt von Ihrer Organisation und nicht aus einem Store, deshalb kennt Google Play Protect sie vielleicht nicht. Tippen Sie auf „Weitere Details“ und dann auf „Trotzdem installieren“.
app-open = App öffnen
app-open-how = Kommen Sie auf diese Seite zurück und tippen Sie auf die Schaltfläche. Die App verbindet dann Ihr { device-noun }.
app-open-button = In Rollcall öffnen
app-pin-how = Die App fragt nach diesen drei Angaben. Die PIN gilt nur zusammen mit der E-Mail-Adresse.
app-allow-how = Die App braucht: { $permissions }. Ohne diese Zugriffe lässt sich die Registrierung nicht abschließen.
app-restricted = Wenn Android „Eingeschränkte Einstellung“ meldet
app-restricted-how = Öffnen Sie „Einstellungen“, „Apps“, „Rollcall“. Tippen Sie oben auf die drei Punkte und dann auf „Eingeschränkte Einstellungen zulassen“. Kehren Sie dann zur App zurück und erlauben Sie es dort.
browser-heading = Öffnen Sie diese Seite im Browser
browser-text = Das Programm, das diese Seite anzeigt, kann die App vielleicht nicht herunterladen. Kopieren Sie diesen Link und fügen Sie ihn in Ihren Browser ein:
computer-text-android = Scannen Sie diesen Code mit der Kamera von Ihrem { device-noun }, oder öffnen Sie den Link dort.
linux-get = Agent besorgen
linux-get-how = Fragen Sie Ihren Helpdesk nach dem Programm { $program } und legen Sie es auf Ihrem Gerät ab.
linux-connect = Verbinden
linux-connect-how = Öffnen Sie ein Terminal und führen Sie aus:
linux-finish = Abwarten
linux-finish-how = Der Agent gibt für jeden Schritt eine Zeile aus. Warten Sie, bis er meldet, dass er fertig ist.
code-other-device = QR-Code für ein anderes Gerät
code-other-device-how = Öffnen Sie diese Seite auf einem zweiten Bildschirm und scannen Sie den Code mit dem Agenten oder der Kamera Ihres Geräts.
code-picture = QR-Code Ihres Registrierungslinks
pin-instead = Stattdessen eine PIN eingeben
pin-instead-how = Der Agent fragt nach diesen drei Angaben. Die PIN gilt nur zusammen mit der E-Mail-Adresse.
pin-terminal = In einem Terminal:
privacy-heading = Was Ihr Helpdesk sehen und tun kann
privacy-sees = Er sieht Modell und Version des Geräts, Akku, Speicher und Netzwerk, welche Berechtigungen der Agent hat und wann sich das Gerät zuletzt gemeldet hat. Er kann das Gerät orten, es klingeln lassen, eine Nachricht darauf anzeigen und es sperren. Firmengeräte, die das zulassen, kann er auch löschen.
privacy-never = Der Agent liest weder Nachrichten noch Fotos, Kontakte oder den Verlauf des Browsers.

status = Status
status-steps = Erledigte Schritte
status-check = Erneut prüfen
status-waiting = Wir warten auf Ihr { device-noun } …
status-pending = Ihr { device-noun } hat sich gemeldet, ist aber noch nicht weitergekommen. Öffnen Sie den Agenten und folgen Sie seinen Hinweisen.
status-enrolling = Ihr { device-noun } ist verbunden: Schritt { $step } von { $steps }, { $label }.
status-done = Fertig. Ihr { device-noun } ist registriert.
status-permissions-lost =
    { $count ->
        [0] Ihr { device-noun } ist registriert, aber dem Agenten wurde eine Berechtigung entzogen, die er braucht.
        [one] Ihr { device-noun } ist registriert, aber dem Agenten wurde eine Berechtigung entzogen, die er braucht.
       *[other] Ihr { device-noun } ist registriert, aber dem Agenten wurden Berechtigungen entzogen, die er braucht.
    }
status-silent = Ihr { device-noun } hat sich länger nicht gemeldet. Öffnen Sie den Agenten, damit es sich wieder meldet.
status-unenrolled = Ihr { device-noun } ist nicht mehr registriert. Folgen Sie den Schritten, um es erneut zu registrieren.
status-missing = Es fehlt noch: { $names }.

apple-get = Profil laden
apple-get-how = Tippen Sie auf die Schaltfläche und dann auf „Zulassen“.
apple-get-button = Profil laden
apple-get-soon = iOS löscht ein Profil, das nicht innerhalb von 8 Minuten installiert wird. Sie können es jederzeit noch einmal laden.
apple-open = Einstellungen öffnen
apple-open-how = Tippen Sie oben in den Einstellungen auf „Profil geladen“. Wenn das nicht da ist, tippen Sie auf „Allgemein“ und dann auf „VPN und Geräteverwaltung“.
apple-install = Installieren
apple-install-how = Tippen Sie auf „Installieren“, geben Sie Ihren Code ein, tippen Sie noch einmal auf „Installieren“ und dann auf „Vertrauen“. iOS zeigt vielleicht „Nicht überprüft“: Das ist in Ordnung.
apple-wait = Zu dieser Seite zurückkehren
apple-wait-how = Sie zeigt, wenn Ihr { device-noun } verbunden ist.
apple-before = Wenn es nicht klappt
apple-before-managed = Wenn eine andere Organisation Ihr { device-noun } verwaltet oder ein älteres Profil von hier darauf ist, entfernen Sie dieses Profil zuerst in den Einstellungen.
apple-before-protection = Der „Schutz für gestohlene Geräte“ verlangt vielleicht eine Stunde Wartezeit. Der Blockierungsmodus muss ausgeschaltet sein.
apple-before-network = Ein VPN oder ein Inhaltsfilter kann im Weg sein. Schalten Sie es aus, bis Sie fertig sind.
safari-heading = Diese Seite in Safari öffnen
safari-text = Nur Safari kann ein Profil installieren.
safari-open = In Safari öffnen
safari-copy = Wenn nichts geschieht, kopieren Sie diesen Link und fügen Sie ihn in Safari ein:
computer-heading = Diese Seite auf Ihrem { device-noun } öffnen
computer-text = Scannen Sie diesen Code mit der Kamera von Ihrem { device-noun }, oder öffnen Sie den Link dort in Safari.
mac-text = Ein Mac kann nicht registriert werden. Öffnen Sie diese Seite auf Ihrem { device-noun }.
not-ready-thanks = Vielen Dank, { $name }
not-ready-heading =
    { $platform ->
        [ios] iPhones
       *[other] iPads
    } können im Moment nicht registriert werden
not-ready-text = Ihre Organisation hat die Registrierung von Apple-Geräten noch nicht fertig eingerichtet. Ihr Helpdesk sieht, dass Sie angenommen haben; fragen Sie dort, wann es so weit ist.
not-ready-other = Ein anderes Gerät wählen
# $minutes: eine Zahl
status-fetched =
    { $minutes ->
        [one] Das Profil ist auf Ihrem { device-noun }. Installieren Sie es innerhalb einer Minute in den Einstellungen.
       *[other] Das Profil ist auf Ihrem { device-noun }. Installieren Sie es innerhalb von { $minutes } Minuten in den Einstellungen.
    }
status-pending-apple = Ihr { device-noun } hat sich verbunden, aber die Einrichtung geht noch nicht weiter. Entsperren Sie es und lassen Sie es online.
status-silent-apple = Ihr { device-noun } hat sich länger nicht gemeldet. Schalten Sie es ein und verbinden Sie es mit dem Internet.
status-lapsed = Das Profil wurde nicht innerhalb von 8 Minuten installiert, deshalb hat iOS es gelöscht. Laden Sie es noch einmal.
status-issued = Ihr { device-noun } installiert das Profil …
status-unfinished = Ihr { device-noun } hat die Installation des Profils nicht abgeschlossen. Laden Sie es noch einmal.
privacy-sees-apple = Er kann Modell und Version des Geräts sehen, Speicher und Akku, die Telefonnummer und ob es einen Code hat. Er kann es sperren. Geräte der Organisation kann er auch löschen und betreute Geräte orten, nachdem er sie in den Verlustmodus versetzt hat.
privacy-never-apple = Er kann keine Nachrichten, Fotos, Kontakte oder den Browserverlauf lesen.

done-heading = Fertig, { $name }
done-device = { $device } ist registriert.
done-some-device = Ihr Gerät ist registriert.
done-close = Sie können diese Seite schließen.
done-another = Weiteres Gerät registrieren
done-again = Dieses Gerät erneut einrichten
enrolled-this = Wenn das dieses Gerät ist, ist nichts mehr zu tun.
enrolled-other = Wenn es ein anderes ist, können Sie es auch registrieren.
enrolled-enroll = Dieses Gerät registrieren

replaced-title = Diese Einladung wurde durch eine neuere ersetzt
replaced-text = Mit diesem Link, seinem QR-Code und seiner PIN lässt sich kein Gerät mehr registrieren.
replaced-next = Suchen Sie nach einer neueren E-Mail und verwenden Sie den Link darin.
replaced-status = Diese Einladung wurde durch eine neuere ersetzt.
manual-title = Diese Einladung wurde deaktiviert
manual-text = Mit ihr lassen sich keine weiteren Geräte registrieren. Geräte, die schon registriert sind, bleiben es.
manual-next = Wenn Sie noch ein Gerät registrieren möchten, bitten Sie um eine neue Einladung.
manual-status = Diese Einladung wurde deaktiviert.
expired-title = Diese Einladung ist abgelaufen
expired-text = Mit ihr lassen sich keine Geräte mehr registrieren.
expired-next = Bitten Sie um eine neue Einladung.
expired-status = Diese Einladung ist abgelaufen.
unknown-title = Wir kennen diesen Link nicht
unknown-text = Vielleicht ist beim Kopieren ein Teil verloren gegangen.
unknown-next = Öffnen Sie ihn noch einmal aus der E-Mail oder kopieren Sie ihn ganz.
unavailable-title = Bitte versuchen Sie es gleich noch einmal
unavailable-text = Der Server kann Ihre Einladung gerade nicht nachschlagen. Ihr Link bleibt gültig.
unavailable-next = Laden Sie diese Seite in einer Minute neu.
