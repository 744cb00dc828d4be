-- The Mobile devices view at 100,000 rows: filters, what needs attention, and search.
-- `key` stands for a row in the search index: a row's hidden number may change when the file is vacuumed, this one may not.
-- The columns from `platform` on follow from `row_doc`; they are filled for rows that exist when the store is opened.

create table slots_2 (
    key              integer primary key,
    id               blob    not null unique,
    person_id        blob    not null references people (id),
    invitation_id    blob    not null references invitations (id),
    device_id        blob,
    status           text    not null,
    name_key         text    not null, -- the person's name in lower case, for sorting
    last_contact_at  integer not null, -- 0 for an invitation item
    created_at       integer not null,
    platform         text    not null default '', -- empty for an invitation item
    ownership        text    not null default '', -- empty for an invitation item
    -- Why the row needs attention from when on, and why later: what is true now follows from the time alone.
    cause            text,
    cause_from       integer,
    later_cause      text,
    later_cause_from integer,
    facets           text    not null default '', -- status, platform and ownership, to be found together with a text
    search           text    not null,
    version          integer not null,
    slot_doc         text    not null,
    row_doc          text    not null
) strict;

insert into slots_2 (id, person_id, invitation_id, device_id, status, name_key, last_contact_at, created_at, search, version,
                     slot_doc, row_doc)
select id, person_id, invitation_id, device_id, status, name_key, last_contact_at, created_at, search, version, slot_doc, row_doc
from slots order by created_at, id;
drop table slots;
alter table slots_2 rename to slots;

create index slots_by_person on slots (person_id);
-- One for each order of the list. They hold everything that is filtered by, so that rows that do not match are passed
-- over without being read.
create index slots_by_creation on slots (created_at, id, status, platform, ownership, last_contact_at,
                                         cause, cause_from, later_cause, later_cause_from);
create index slots_by_name on slots (name_key, id, status, platform, ownership, last_contact_at,
                                     cause, cause_from, later_cause, later_cause_from);
create index slots_by_contact on slots (last_contact_at, id, status, platform, ownership,
                                        cause, cause_from, later_cause, later_cause_from);
-- For counting, and for filters that few rows match.
create index slots_by_facets on slots (status, platform, ownership, cause, cause_from, later_cause, later_cause_from,
                                       last_contact_at);
create index slots_by_attention on slots (cause, cause_from, later_cause, later_cause_from, platform, ownership,
                                          last_contact_at) where cause is not null;

-- Finds any part of three characters or more. The texts are in lower case already.
create virtual table slots_search using fts5 (
    search, facets, content = 'slots', content_rowid = 'key', tokenize = 'trigram case_sensitive 1'
);
create trigger slots_search_insert after insert on slots begin
    insert into slots_search (rowid, search, facets) values (new.key, new.search, new.facets);
end;
create trigger slots_search_delete after delete on slots begin
    insert into slots_search (slots_search, rowid, search, facets) values ('delete', old.key, old.search, old.facets);
end;
-- A device that only was in contact changes neither text.
create trigger slots_search_update after update on slots
when old.search is not new.search or old.facets is not new.facets begin
    insert into slots_search (slots_search, rowid, search, facets) values ('delete', old.key, old.search, old.facets);
    insert into slots_search (rowid, search, facets) values (new.key, new.search, new.facets);
end;
insert into slots_search (slots_search) values ('rebuild');
