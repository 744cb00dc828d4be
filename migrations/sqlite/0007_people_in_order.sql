-- People and Invitations at 100,000 rows: who is found is sorted without reading a person, and their invitations are
-- found without reading an invitation.
drop trigger people_search_insert;
drop trigger people_search_update;

create table people_keys_2 (
    key      integer primary key,
    id       blob    not null unique references people (id),
    name_key text    not null -- as the person's
) strict;
insert into people_keys_2 (key, id, name_key) select k.key, k.id, p.name_key from people_keys k join people p on p.id = k.id;
drop table people_keys;
alter table people_keys_2 rename to people_keys;
create index people_keys_by_name on people_keys (name_key, id);

create trigger people_search_insert after insert on people begin
    insert into people_keys (id, name_key) values (new.id, new.name_key);
    insert into people_search (rowid, search) select key, new.search from people_keys where id = new.id;
end;
create trigger people_search_update after update on people when old.search is not new.search begin
    insert into people_search (people_search, rowid, search)
    select 'delete', key, old.search from people_keys where id = old.id;
    insert into people_search (rowid, search) select key, new.search from people_keys where id = new.id;
end;
create trigger people_keys_update after update on people when old.name_key is not new.name_key begin
    update people_keys set name_key = new.name_key where id = new.id;
end;

drop index invitations_by_person;
create index invitations_by_person on invitations (person_id, created_at, id, state);
