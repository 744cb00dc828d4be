-- The order of contacts, for each state of its own, so that a filter finds its rows without passing all others. It replaces
-- one over all rows: a contact is written into as many indexes as before.
alter table contacts add column status text not null default '';
alter table contacts add column platform text not null default '';
alter table contacts add column ownership text not null default '';
update contacts set (status, platform, ownership) =
    (select status, platform, ownership from slots where slots.key = contacts.slot_key);
drop index contacts_by_time;
create index contacts_in_order on contacts (status, at, slot_id, platform, ownership);

create trigger contacts_insert after insert on contacts when new.status = '' begin
    update contacts set (status, platform, ownership) =
        (select status, platform, ownership from slots where slots.key = new.slot_key)
    where slot_key = new.slot_key;
end;
create trigger slots_contact_update after update on slots
when old.status <> new.status or old.platform <> new.platform or old.ownership <> new.ownership begin
    update contacts set status = new.status, platform = new.platform, ownership = new.ownership
    where slot_key = new.key;
end;

-- With the state, so that rows which are not listed are passed over without being read.
drop index slots_by_attention;
create index slots_by_attention on slots (cause, cause_from, later_cause, later_cause_from, platform, ownership, status)
where cause is not null;
