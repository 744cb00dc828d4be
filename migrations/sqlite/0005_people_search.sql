-- People and Invitations at 100,000 rows: search by any part of three characters or more, and lists by state.
-- `key` stands for a person in the search index: a row's hidden number may change when the file is vacuumed.

create table people_keys (
    key integer primary key,
    id  blob    not null unique references people (id)
) strict;

-- The texts are in lower case already, and stand in `people`: here they are only found.
create virtual table people_search using fts5 (search, content = '', tokenize = 'trigram case_sensitive 1');

create trigger people_search_insert after insert on people begin
    insert into people_keys (id) values (new.id);
    insert into people_search (rowid, search) select key, new.search from people_keys where id = new.id;
end;
create trigger people_search_update after update on people when old.search is not new.search begin
    insert into people_search (people_search, rowid, search)
    select 'delete', key, old.search from people_keys where id = old.id;
    insert into people_search (rowid, search) select key, new.search from people_keys where id = new.id;
end;

insert into people_keys (id) select id from people order by created_at, id;
insert into people_search (rowid, search) select k.key, p.search from people_keys k join people p on p.id = k.id;

create index invitations_by_person on invitations (person_id, created_at);
create index invitations_by_state on invitations (state, created_at, id);
