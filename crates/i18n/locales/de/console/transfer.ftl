### Personen aus einer Datei importieren, Listen exportieren, viele einladen.

export-list = Exportieren
import-people = Personen importieren
import-from-file = Importieren

## Die Datei

import-file = CSV-Datei
import-file-hint = Eine Zeile benennt die Spalten: E-Mail und, wenn Sie möchten, Name und Sprache. Exporte von Verzeichnissen und Tabellenprogrammen werden so gelesen, wie sie sind. Höchstens 10 MB und 100.000 Zeilen.
import-encoding = Zeichenkodierung
import-encoding-auto = Automatisch erkennen
import-encoding-1250 = Windows-1250 (Mitteleuropa)
import-encoding-hint = Wenn Buchstaben in der Vorschau falsch aussehen, wählen Sie die andere.
import-show-preview = Vorschau zeigen
import-nothing-yet = Importiert wird erst, wenn Sie die Vorschau gesehen und bestätigt haben.

## Was an einer Datei nicht stimmt

import-empty = Die Datei ist leer.
import-too-large = Die Datei ist zu groß: höchstens 10 MB.
import-too-many-lines = Die Datei hat zu viele Zeilen: höchstens 100.000. Teilen Sie sie und importieren Sie die Teile nacheinander.
import-not-text = Das ist keine CSV-Datei. Wenn es eine Tabelle ist, speichern Sie sie als CSV (UTF-8) und wählen Sie diese Datei.
import-no-email-column = Es gibt keine Spalte für die E-Mail-Adresse. Ihre Überschrift soll „E-Mail“ heißen, die des Namens „Name“, oder „Vorname“ und „Nachname“. Die erste Zeile ist: { $found }
import-no-lines = Unter den Überschriften stehen keine Zeilen.
import-gone = Diese Vorschau gibt es nicht mehr: Sie wurde 30 Minuten aufgehoben, oder eine andere Datei hat sie ersetzt.

## Was an einer Zeile nicht stimmt

import-unreadable = Einige Zeichen lassen sich nicht lesen.
import-too-long = Die Zeile ist zu lang. Ein Anführungszeichen, das nie geschlossen wird, macht aus allem, was folgt, eine lange Zeile.
import-open-quote = Ein Anführungszeichen in dieser Zeile wird nicht geschlossen. Entfernen Sie es; die Zeilen darunter wurden ohne es gelesen.
import-columns = Diese Zeile hat { $found } Spalten, die Überschriften { $expected }.
import-name-missing = Der Name fehlt.
import-email-missing = Die E-Mail-Adresse fehlt.
import-locale-unknown = „{ $text }“ wird nicht als Sprache verstanden und weggelassen.
import-twice = Diese E-Mail-Adresse steht schon in Zeile { $line }.

## Die Vorschau

import-read-as = { $file }, gelesen als { $encoding }. Noch ist nichts importiert.
import-ignored = Ignorierte Spalten: { $columns }
import-doubts = { $count ->
    [one] In { $count } Zeile wird die Sprache nicht verstanden. Die Person wird ohne sie importiert.
   *[other] In { $count } Zeilen wird die Sprache nicht verstanden. Diese Personen werden ohne sie importiert.
 }
import-new = Neu
import-differs = Anderer Name oder andere Sprache
import-unchanged = Unverändert
import-left-out = Übersprungen
import-lines-shown = Gezeigte Zeilen
import-line = Zeile
import-person = Person
import-outcome = Was geschieht
import-will-add = Wird hinzugefügt
import-will-stay = Ist schon bekannt
import-current-name = Heißt bisher { $name }
import-current-locale = Sprache bisher: { $locale }
import-is-invited = Hat eine aktive Einladung
import-no-such-lines = Eine solche Zeile gibt es nicht.
import-page-of = Seite { $page } von { $pages }
import-correct = { $count ->
    [one] Name oder Sprache von { $count } Person berichtigen
   *[other] Namen und Sprachen von { $count } Personen berichtigen
 }
import-invite = { $count ->
    [one] { $count } Person ohne aktive Einladung per E-Mail einladen
   *[other] { $count } Personen ohne aktive Einladung per E-Mail einladen
 }
import-start = { $count ->
    [one] { $count } Zeile importieren
   *[other] { $count } Zeilen importieren
 }
import-leaves-out = { $count ->
    [one] { $count } Zeile wird übersprungen.
   *[other] { $count } Zeilen werden übersprungen.
 }
import-download-left-out = Übersprungene Zeilen mit den Gründen herunterladen
import-other-file = Andere Datei wählen

## Unterwegs, und das Ergebnis

import-under-way = Der Import läuft. Sie können diese Seite verlassen.
import-progress = { $done } von { $total } Zeilen
import-cancel = Import abbrechen
import-cancelling = Der Import wird abgebrochen.
import-complete = Der Import ist fertig.
import-cancelled = Der Import wurde abgebrochen. Importieren Sie dieselbe Datei noch einmal, um ihn zu vollenden.
import-broken = Der Import ist stehen geblieben, weil bei uns etwas schiefging; Einzelheiten stehen im Protokoll des Servers. Importieren Sie dieselbe Datei noch einmal, um ihn zu vollenden.
import-added = Hinzugefügt
import-corrected = Berichtigt
import-differing-left = Mit anderem Namen oder anderer Sprache belassen
import-invited = Eingeladen
import-already-invited = Hatten schon eine aktive Einladung
import-failed = Fehlgeschlagen
import-failure = Zeile { $line }, { $email }: { $reason }
import-again = Weitere Datei importieren

## Viele auf einmal

invite-many = Einladen
invite-many-title = Diese Personen einladen?
invite-many-effect = Jede Person bekommt eine Einladung per E-Mail. Wer eine aktive Einladung hat, behält sie und wird übersprungen.
