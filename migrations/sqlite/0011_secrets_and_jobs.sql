-- Secrets of devices that were given out and not used yet, the ends of commands, and inviting many people as a job.

-- A device's secrets in the order in which it got them: the last one that it used, then those that it has not used yet.
-- A device that asks again because an answer was lost keeps the one that it has.
create table device_secrets (
    seq       integer primary key,
    device_id blob    not null references devices (id),
    hash      blob    not null
) strict;
create index device_secrets_by_device on device_secrets (device_id, seq);
insert into device_secrets (device_id, hash)
select id, previous_secret_hash from devices where previous_secret_hash is not null;
insert into device_secrets (device_id, hash) select id, secret_hash from devices;
alter table devices drop column previous_secret_hash;
alter table devices drop column secret_hash;

-- Commands that stayed open although their device was deleted or unenrolled end with it.
update commands set state = 'cancelled', leased_until = null, version = version + 1, doc = json_set(
    doc, '$.state', 'cancelled', '$.leased_until', null, '$.finished_at', (
        select coalesce(d.doc ->> '$.deleted_at', d.doc ->> '$.unenrollment.at', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        from devices d where d.id = commands.device_id
    )
)
where state in ('requested', 'delivered', 'acknowledged')
and device_id in (select id from devices where deleted_at is not null or state = 'unenrolled');

-- Inviting many people. The sender chooses the id, so that the same request sent twice is one job.
create table invite_jobs (
    id         blob    not null primary key,
    created_at integer not null,
    ended_at   integer,
    doc        text    not null
) strict;
create index invite_jobs_open on invite_jobs (created_at) where ended_at is null;
create table invite_job_lines (
    job_id  blob    not null references invite_jobs (id),
    line    integer not null,
    doc     text    not null, -- whom to invite
    outcome text,             -- null until it is decided, then final
    primary key (job_id, line)
) strict, without rowid;
