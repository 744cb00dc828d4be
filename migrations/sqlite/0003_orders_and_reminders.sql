-- The Mobile devices view in the order of the life cycle, and by how long rows have been stuck. Reminders.

-- A state's place in the life cycle.
alter table slots add column status_rank integer as (case status
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
end) virtual;
-- From when on the row needs attention; the end of time when it never will by itself.
alter table slots add column stuck_from integer as (coalesce(cause_from, 9223372036854775807)) virtual;

create index slots_by_status on slots (status_rank, id, status, platform, ownership, last_contact_at,
                                       cause, cause_from, later_cause, later_cause_from);
create index slots_by_stuck on slots (stuck_from, id, status, platform, ownership, last_contact_at,
                                      cause, cause_from, later_cause, later_cause_from);

-- Reminders that went out for the row in this stretch of trouble: how many, and when the latest; 0 when none did.
alter table slots add column reminded_times integer not null default 0;
alter table slots add column reminded_at integer not null default 0;
