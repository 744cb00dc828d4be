### Einladungen: die Liste.

search-people = Name oder E-Mail suchen
any-state = Jeder Stand
invitations-caption = Einladungen
sent = Gesendet
opened = Geöffnet
ends = Gültig bis
no-end = Unbegrenzt
no-invitations = Noch keine Einladungen
no-invitations-text = Mit einer Einladung kann eine Person beliebig viele Geräte registrieren, bis sie deaktiviert wird.
no-match-invitations = Keine Einladung passt zur Suche und zum Filter.
enrolls-nothing = Mit ihr lassen sich keine Geräte mehr registrieren.
new-invitation = Neue Einladung
lift-pace = Begrenzung der Geräte aufheben
pace-is-lifted = Die Begrenzung ist bereits aufgehoben.
invitations-renew = Diese Personen erneut einladen?
invitations-renew-text = Jede Person bekommt eine neue Einladung per E-Mail. Wer eine aktive Einladung hat, behält sie und wird übersprungen.
invitations-resend-text = Jede Person bekommt die Einladungs-E-Mail noch einmal. Nicht mehr aktive Einladungen werden übersprungen.
invitations-deactivate-text = Ihre QR-Codes, URLs und PINs funktionieren sofort nicht mehr. Bereits registrierte Geräte bleiben registriert.
ended-manual = Von einer Admin-Person deaktiviert { $at }.
ended-replaced = Durch eine neuere Einladung ersetzt { $at }.
ended-expired = Abgelaufen { $at }.
mail-refused = Die E-Mail wurde abgelehnt:
mail-not-yet = Noch nicht zugestellt, es wird erneut versucht:
