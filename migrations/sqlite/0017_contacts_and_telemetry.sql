-- What changes all the time stands apart from what lists are sorted, filtered and searched by: a device that works as before
-- writes one narrow row, where it once rewrote its document, its row of the Mobile devices view and nine indexes.

alter table slots rename to slots_wide;
create table slots (
    key              integer primary key,
    id               blob    not null unique,
    person_id        blob    not null references people (id),
    invitation_id    blob    not null references invitations (id),
    device_id        blob,
    status           text    not null,
    name_key         text    not null, -- the person's name in lower case, for sorting
    created_at       integer not null,
    platform         text    not null default '', -- empty for an invitation item
    ownership        text    not null default '', -- empty for an invitation item
    -- Why the row needs attention from when on, and why later: what is true now follows from the time alone.
    cause            text,
    cause_from       integer,
    later_cause      text,
    later_cause_from integer,
    -- Reminders that went out for the row in this stretch of trouble: how many, and when the latest; 0 when none did.
    reminded_times   integer not null default 0,
    reminded_at      integer not null default 0,
    facets           text    not null default '', -- status, platform and ownership, to be found together with a text
    search           text    not null,
    version          integer not null,
    -- From when on the row needs attention; the end of time when it never will by itself.
    stuck_from       integer as (coalesce(cause_from, 9223372036854775807)) virtual,
    status_rank      integer as (case status
        when 'created' then 0
        when 'queued' then 1
        when 'sent' then 2
        when 'opened' then 3
        when 'pending' then 4
        when 'enrolling' then 5
        when 'active' then 6
        when 'permissions_lost' then 7
        when 'not_synchronizing' then 8
        when 'unenrolled' then 9
        when 'wiped' then 10
        when 'replaced' then 11
    end) virtual
) strict;
insert into slots (key, id, person_id, invitation_id, device_id, status, name_key, created_at, platform, ownership, cause,
                   cause_from, later_cause, later_cause_from, reminded_times, reminded_at, facets, search, version)
select key, id, person_id, invitation_id, device_id, status, name_key, created_at, platform, ownership, cause,
       cause_from, later_cause, later_cause_from, reminded_times, reminded_at, facets, search, version
from slots_wide;

-- The documents, read for the rows of a page alone.
create table slot_docs (
    slot_key integer primary key references slots (key) on delete cascade,
    slot_doc text not null, -- what is decided on
    row_doc  text not null  -- what the view shows
) strict;
insert into slot_docs (slot_key, slot_doc, row_doc) select key, slot_doc, row_doc from slots_wide;

-- When the device of a row was last in contact; 0 for an invitation item. May be a minute behind.
create table contacts (
    slot_key integer primary key references slots (key) on delete cascade,
    slot_id  blob    not null, -- breaks ties in the order of contacts, as it does in every order
    at       integer not null,
    watch    integer -- what its silence means, see `store::Watch`; null when nobody waits for it
) strict;
insert into contacts (slot_key, slot_id, at, watch)
select s.key, s.id, max(s.last_contact_at, coalesce(d.last_contact_at, 0)),
       case when d.wiping_since is not null then 4
            when d.state = 'enrolling' then 1
            when d.state not in ('active', 'permissions_lost') then null
            when json_valid(d.doc) and d.doc ->> '$.platform' in ('ios', 'ipados') then 3
            when d.id is not null then 2 end
from slots_wide s left join devices d on d.id = s.device_id and d.deleted_at is null;

drop table slots_wide;
create index slots_by_person on slots (person_id);
create index slots_by_device on slots (device_id) where device_id is not null;
-- One for each order of the list. They hold everything that is filtered by, so that rows that do not match are passed
-- over without being read.
create index slots_by_creation on slots (created_at, id, status, platform, ownership,
                                         cause, cause_from, later_cause, later_cause_from);
create index slots_by_name on slots (name_key, id, status, platform, ownership,
                                     cause, cause_from, later_cause, later_cause_from);
create index slots_by_status on slots (status_rank, id, status, platform, ownership,
                                       cause, cause_from, later_cause, later_cause_from);
create index slots_by_stuck on slots (stuck_from, id, status, platform, ownership,
                                      cause, cause_from, later_cause, later_cause_from);
-- For counting, and for filters that few rows match.
create index slots_by_facets on slots (status, platform, ownership, cause, cause_from, later_cause, later_cause_from);
create index slots_by_attention on slots (cause, cause_from, later_cause, later_cause_from, platform, ownership)
where cause is not null;
create index contacts_by_time on contacts (at, slot_id);
create index contacts_watched on contacts (watch, at) where watch is not null;

create trigger slots_search_insert after insert on slots begin
    insert into slots_search (rowid, search, facets) values (new.key, new.search, new.facets);
end;
create trigger slots_search_delete after delete on slots begin
    insert into slots_search (slots_search, rowid, search, facets) values ('delete', old.key, old.search, old.facets);
end;
create trigger slots_search_update after update on slots
when old.search is not new.search or old.facets is not new.facets begin
    insert into slots_search (slots_search, rowid, search, facets) values ('delete', old.key, old.search, old.facets);
    insert into slots_search (rowid, search, facets) values (new.key, new.search, new.facets);
end;

-- The latest report of a device, with its number. One tree: the row is found by the device's id, and nothing else names it.
create table telemetry (
    device_id blob    not null primary key references devices (id),
    at        integer not null,
    seq       integer not null, -- reports with a lower number are late and change nothing
    doc       text    not null
) strict, without rowid;
insert into telemetry (device_id, at, seq, doc)
select r.device_id, r.at,
       coalesce(case when json_valid(d.doc) then d.doc ->> '$.last_report_seq' end,
                case when json_valid(r.doc) then r.doc ->> '$.seq' end, 0), r.doc
from reports r join devices d on d.id = r.device_id;
drop table reports;

drop index devices_by_silence;
drop index devices_wiping;
alter table devices drop column last_contact_at;
alter table devices drop column wiping_since;
