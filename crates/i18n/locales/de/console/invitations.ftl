### Einladungen: die Liste.

search-people = Name oder E-Mail suchen
any-state = Jeder Stand
invitations-caption = Einladungen, neueste zuerst
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
mail-refused = Die E-Mail wurde abgelehnt:
mail-not-yet = Noch nicht zugestellt, es wird erneut versucht:
