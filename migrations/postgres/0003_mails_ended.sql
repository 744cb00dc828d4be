-- Mails that have ended, by their age: they are not kept for ever.
create index mails_ended on mails (created_at, id) where state in ('sent', 'failed', 'superseded');
