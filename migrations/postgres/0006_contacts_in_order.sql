-- It replaces the order over all rows: a contact is written into as many indexes as before. With the key of the slot, which is
-- all that a walk along it takes.
create index contacts_in_order on contacts (status, at, slot_id) include (platform, ownership, slot_key);
drop index contacts_by_time;
