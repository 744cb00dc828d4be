-- no-transaction
-- In pieces, each of them committed: other servers write contacts meanwhile, and wait for one piece at most. What a trigger has
-- filled is left as it is, and what is left after an end on the way is done by the next run.
do $$
declare
    done bigint := 0;
    goal bigint;
begin
    loop
        select max(slot_key) into goal
        from (select slot_key from contacts where slot_key > done order by slot_key limit 5000) as piece;
        exit when goal is null;
        update contacts set status = slots.status, platform = slots.platform, ownership = slots.ownership
        from slots
        where slots.key = contacts.slot_key and contacts.slot_key > done and contacts.slot_key <= goal and contacts.status = '';
        commit;
        done := goal;
    end loop;
end $$;
