-- State, platform and ownership beside the contact of a row, for the order of contacts of each state: a filter finds its rows
-- without passing all others. Programs that do not know the columns leave them to the triggers. Rows that are there get theirs
-- in the next migration: this one holds the table for a moment only.
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

-- Once for all rows of a statement: many changes share one.
create function tell_contacts() returns trigger language plpgsql as $$
begin
    update contacts set status = later.status, platform = later.platform, ownership = later.ownership
    from later join earlier on earlier.key = later.key
    where contacts.slot_key = later.key and (later.status <> earlier.status or later.platform <> earlier.platform
        or later.ownership <> earlier.ownership);
    return null;
end $$;
create trigger slots_contact_update after update on slots
    referencing old table as earlier new table as later
    for each statement execute function tell_contacts();
