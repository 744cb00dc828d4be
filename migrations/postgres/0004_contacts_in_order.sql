-- The order of contacts, for each state of its own, so that a filter finds its rows without passing all others. It replaces
-- one over all rows: a contact is written into as many indexes as before. Programs that do not know the columns leave them to
-- the triggers.
alter table contacts
    add column status    text collate "C" not null default '',
    add column platform  text collate "C" not null default '',
    add column ownership text collate "C" not null default '';

create function fill_contact() returns trigger language plpgsql as $$
begin
    update contacts set status = slots.status, platform = slots.platform, ownership = slots.ownership
    from slots where slots.key = new.slot_key and contacts.slot_key = new.slot_key;
    return null;
end $$;
create trigger contacts_insert after insert on contacts
    for each row when (new.status = '') execute function fill_contact();

create function tell_contact() returns trigger language plpgsql as $$
begin
    update contacts set status = new.status, platform = new.platform, ownership = new.ownership
    where slot_key = new.key;
    return null;
end $$;
create trigger slots_contact_update after update of status, platform, ownership on slots
    for each row when (old.status <> new.status or old.platform <> new.platform or old.ownership <> new.ownership)
    execute function tell_contact();

update contacts set status = slots.status, platform = slots.platform, ownership = slots.ownership
from slots where slots.key = contacts.slot_key;
drop index contacts_by_time;
create index contacts_in_order on contacts (status, at, slot_id) include (platform, ownership);
