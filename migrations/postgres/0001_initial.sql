-- Rollcall's tables. Times are milliseconds since the Unix epoch, UTC.
-- `doc` holds a row's whole state as JSON; the columns beside it are what it is looked up, sorted and filtered by. Documents
-- are texts: `jsonb` would give them back in another order.
-- `version` grows with every write: a write names the version that it was decided on, and fails when that is gone.
-- Texts that are sorted or compared have the collation "C", so that their order is that of their bytes whatever the
-- database's own is. Whole numbers are `bigint` throughout: the driver converts nothing.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- A field of a document; some text for a document that is damaged.
create function doc_text(doc text, field text) returns text
    language plpgsql immutable parallel safe as $$
begin
    return doc::json ->> field;
exception when others then
    return 'damaged';
end $$;

-- The first one and the first two characters of each word of a text that is searched. The text ends with them: each is after
-- two marks. Searches for one or two characters are made by them, since a trigram has three.
create function starts_of(search text) returns text[]
    language sql immutable strict parallel safe as $$
    select array_agg(distinct start)
    from unnest((string_to_array(search, E'\x01\x01'))[2:]) as two, unnest(array[left(two, 1), two]) as start
$$;

create table people (
    id          uuid   primary key,
    name        text   not null,
    name_key    text   collate "C" not null, -- lower case, for sorting
    email       text   collate "C" not null constraint people_email_key unique,
    locale      text   not null,
    search      text   collate "C" not null, -- in the form that searches are made in
    created_at  bigint not null,
    reminded_at bigint, -- when the person got the latest reminder
    version     bigint not null
);
create index people_by_name on people (name_key, id);
create index people_by_text on people using gin (search gin_trgm_ops, starts_of(search)) with (fastupdate = off);

create table invitations (
    id           uuid   primary key,
    person_id    uuid   not null references people (id),
    is_active    bigint not null, -- 0 or 1
    state        text   collate "C" not null,
    created_at   bigint not null,
    expires_at   bigint,
    token_hash   bytea  not null constraint invitations_token_key unique,
    pin_hash     bytea  not null,
    token_sealed bytea  not null,
    pin_sealed   bytea  not null,
    doc          text   not null,
    version      bigint not null
);
-- The rule that everything rests on, held by the database as well: one active invitation a person.
create unique index invitations_one_active on invitations (person_id) where is_active = 1;
create index invitations_by_creation on invitations (created_at, id);
create index invitations_by_person on invitations (person_id, created_at, id);
create index invitations_by_state on invitations (state, created_at, id);
create index invitations_to_expire on invitations (expires_at) where is_active = 1 and expires_at is not null;

-- The Mobile devices view: what it is sorted, filtered and searched by. Rows are narrow; their documents are apart.
create table slots (
    key              bigint generated always as identity primary key,
    id               uuid   not null unique,
    person_id        uuid   not null references people (id),
    invitation_id    uuid   not null references invitations (id),
    device_id        uuid,
    status           text   collate "C" not null,
    -- The state's place in the life cycle.
    status_rank      bigint not null generated always as (case status
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
        else 12
    end) stored,
    name_key         text   collate "C" not null, -- the person's name in lower case, for sorting
    created_at       bigint not null,
    platform         text   collate "C" not null, -- empty for an invitation item
    ownership        text   collate "C" not null, -- empty for an invitation item
    -- Why the row needs attention from when on, and why later: what is true now follows from the time alone.
    cause            text   collate "C",
    cause_from       bigint,
    later_cause      text   collate "C",
    later_cause_from bigint,
    -- From when on the row needs attention; the end of time when it never will by itself.
    stuck_from       bigint not null generated always as (coalesce(cause_from, 9223372036854775807)) stored,
    search           text   collate "C" not null, -- in the form that searches are made in
    -- Reminders that went out for the row in this stretch of trouble: how many, and when the latest; 0 when none did.
    reminded_times   bigint not null,
    reminded_at      bigint not null,
    version          bigint not null
);
create index slots_by_person on slots (person_id);
create index slots_by_creation on slots (created_at, id);
create index slots_by_name on slots (name_key, id);
create index slots_by_device on slots (device_id) where device_id is not null;
create index slots_by_status on slots (status_rank, id);
create index slots_by_stuck on slots (stuck_from, id);
create index slots_by_status_and_creation on slots (status, created_at, id);
create index slots_by_status_and_name on slots (status, name_key, id);
create index slots_by_attention on slots (cause, cause_from, id) where cause is not null;
create index slots_by_attention_alone on slots (cause_from, id) where cause is not null;
create index slots_by_facets on slots (platform, ownership, status, created_at, id);
-- No search pays for entries that another write has left unsorted.
create index slots_by_text on slots
    using gin (search gin_trgm_ops, starts_of(search), status, platform, ownership) with (fastupdate = off);

create table slot_docs (
    slot_key bigint primary key references slots (key) on delete cascade,
    slot_doc text   not null, -- what is decided on
    row_doc  text   not null  -- what the view shows
);

-- When the device of a row was last in contact; 0 for an invitation item. May be a minute behind. It changes all the time, and
-- leaves room for that on its pages.
create table contacts (
    slot_key bigint primary key references slots (key) on delete cascade,
    slot_id  uuid   not null, -- breaks ties in the order of contacts, as it does in every order
    at       bigint not null,
    watch    bigint -- what its silence means, see `store::Watch`; null when nobody waits for it
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index contacts_by_time on contacts (at, slot_id);
create index contacts_watched on contacts (watch, at) where watch is not null;

create table devices (
    id                uuid   primary key,
    person_id         uuid   not null references people (id),
    invitation_id     uuid   not null references invitations (id),
    slot_id           uuid   not null,
    state             text   collate "C" not null,
    deleted_at        bigint,
    twin_id           uuid, -- another device in use with the same hardware
    installation_hash bytea  not null,
    doc               text   not null,
    version           bigint not null
);
create unique index devices_one_installation on devices (person_id, installation_hash) where deleted_at is null;
create index devices_by_invitation on devices (invitation_id) where deleted_at is null;
create index devices_with_twin on devices (twin_id) where twin_id is not null;

-- A device's secrets in the order in which it got them: the last one that it used, then those that it has not used yet.
create table device_secrets (
    seq       bigint generated always as identity primary key,
    device_id uuid   not null references devices (id),
    hash      bytea  not null
);
create index device_secrets_by_device on device_secrets (device_id, seq);

-- By what the hardware of a device is recognised. A device that is deleted or replaced has no rows.
create table device_hardware (
    key       text collate "C" not null, -- kind and number, such as `serial 3A1B2C`
    device_id uuid not null references devices (id),
    primary key (key, device_id)
);
create index device_hardware_by_device on device_hardware (device_id);

create table inventories (
    device_id uuid   primary key references devices (id),
    at        bigint not null,
    etag      text   not null,
    doc       text   not null
);

-- The latest report of a device, with its number. Nothing else names the row, so that a new one touches no index.
create table telemetry (
    device_id uuid   primary key references devices (id),
    at        bigint not null,
    seq       bigint not null, -- reports with a lower number are late and change nothing
    doc       text   not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create table commands (
    id           uuid   primary key,
    device_id    uuid   not null references devices (id),
    state        text   collate "C" not null,
    requested_at bigint not null,
    expires_at   bigint not null,
    leased_until bigint,
    doc          text   not null,
    version      bigint not null
);
create index commands_by_device on commands (device_id, requested_at);
create index commands_to_expire on commands (expires_at) where state in ('requested', 'delivered', 'acknowledged');

create table mails (
    id              uuid   primary key,
    person_id       uuid   not null references people (id),
    invitation_id   uuid   not null references invitations (id),
    device_id       uuid,
    kind            text   not null,
    state           text   collate "C" not null,
    attempts        bigint not null,
    next_attempt_at bigint not null,
    created_at      bigint not null,
    version         bigint not null
);
create index mails_due on mails (next_attempt_at, id) where state = 'queued';
create index mails_by_invitation on mails (invitation_id) where state = 'queued';
create index mails_interrupted on mails (id) where state = 'sending';

-- Entries are appended under a lock that is held until their transaction has ended: who has read up to a number has read
-- everything before it. Numbers may be left out.
create table journal (
    seq           bigint generated always as identity primary key,
    at            bigint not null,
    person_id     uuid   not null,
    invitation_id uuid,
    slot_id       uuid,
    device_id     uuid,
    doc           text   not null
);
create index journal_by_slot on journal (slot_id, seq) where slot_id is not null;
create index journal_by_device on journal (device_id, seq) where device_id is not null;
create index journal_by_invitation on journal (invitation_id, seq) where invitation_id is not null;

-- Inviting many people. The sender chooses the id, so that the same request sent twice is one job.
create table invite_jobs (
    id         uuid   primary key,
    created_at bigint not null,
    ended_at   bigint,
    doc        text   not null
);
create index invite_jobs_open on invite_jobs (created_at) where ended_at is null;
create table invite_job_lines (
    job_id  uuid   not null references invite_jobs (id),
    line    bigint not null,
    doc     text   not null, -- whom to invite
    outcome text,            -- null until it is decided, then final
    primary key (job_id, line)
);

create table accounts (
    id              uuid   primary key,
    email           text   collate "C" not null constraint accounts_email_key unique,
    password_hash   text   collate "C" not null,
    password_scheme bigint not null, -- how it was prepared before it was hashed: 1 as typed, 2 in one spelling
    language        text, -- of the console, that it chose; null: what its browser asks for
    created_at      bigint not null
);

create table sessions (
    id           uuid   primary key,
    token_hash   bytea  not null unique,
    account_id   uuid   not null references accounts (id),
    user_agent   text   not null,
    created_at   bigint not null,
    last_seen_at bigint not null,
    expires_at   bigint not null
);
create index sessions_by_account on sessions (account_id);

-- One-time links that replace a password.
create table reset_links (
    account_id uuid   primary key references accounts (id),
    token_hash bytea  not null unique,
    expires_at bigint not null
);

create table api_tokens (
    id           uuid   primary key,
    name         text   collate "C" not null constraint api_tokens_name_key unique,
    token_hash   bytea  not null unique,
    created_at   bigint not null,
    last_used_at bigint
);

-- The trail of access: sign-ins, exports, settings, accounts and tokens.
create table audit (
    seq         bigint generated always as identity primary key,
    at          bigint not null,
    by_stranger bigint not null, -- 1 when anybody can cause it: of these fewer are kept
    times       bigint not null, -- more than 1 for an entry that stands for many
    doc         text   not null
);
create index audit_of_strangers on audit (by_stranger, seq);
create index audit_of_strangers_by_time on audit (at) where by_stranger = 1;

-- Single values, such as the hash of the one-time link that makes the first account.
create table settings (
    name  text  collate "C" primary key,
    value bytea not null
);

-- iPhones and iPads: our certificate authority, the push certificates of Apple, and what was issued to and enrolled by phones.
-- Columns that end in `_sealed` are encrypted with the key of the installation, each for a purpose of its own.

create table apple_authority (
    id         bigint primary key check (id = 1), -- there is one
    cert       bytea  not null, -- DER
    key_sealed bytea  not null, -- PKCS#8
    public_url text   not null, -- where phones report to, for ever
    made_at    bigint not null
);

-- One row for each key that was ever made here; at most one is active.
create table apple_push_certs (
    id          uuid   primary key,
    state       text   collate "C" not null, -- requested, active, replaced
    topic       text,            -- of the certificate, once there is one
    cert        text,            -- PEM, the leaf first
    key_sealed  bytea  not null, -- PKCS#8
    not_after   bigint,
    apple_id    text,            -- of the account at Apple that it has to be renewed with, as the admin wrote it
    warned_at   bigint,          -- when the admins were mailed that it expires
    made_at     bigint not null,
    uploaded_at bigint,
    version     bigint not null
);
create unique index apple_one_active_push_cert on apple_push_certs (state) where state = 'active';

-- What a phone shows to be issued a certificate: made for an invitation, or for a device that renews its certificate.
create table apple_challenges (
    id            uuid   primary key,
    hash          bytea  not null unique,
    sealed        bytea  not null,
    invitation_id uuid   references invitations (id),
    device_id     uuid   references devices (id),
    ownership     text   not null,
    platform      text   not null,
    rights        bigint not null, -- AccessRights of the profile that it is part of
    made_at       bigint not null,
    expires_at    bigint not null,
    fetched_at    bigint, -- when a phone last downloaded the profile
    issued        bigint not null, -- how many certificates
    issued_at     bigint, -- the latest of them
    spent_at      bigint,
    check ((invitation_id is null) <> (device_id is null))
);
create index apple_challenges_of_invitation on apple_challenges (invitation_id, made_at) where invitation_id is not null;
create index apple_challenges_of_device on apple_challenges (device_id, made_at) where device_id is not null;

-- Every certificate that was ever issued: who calls is found here, and nowhere else.
create table apple_identities (
    cert_hash       bytea  primary key, -- SHA-256 of the certificate
    challenge_id    uuid   not null references apple_challenges (id),
    device_id       uuid   references devices (id), -- the phone that used it, once one has
    cert            bytea  not null, -- DER, to be handed out again for the same key
    public_key_hash bytea  not null, -- SHA-256
    serial          bytea  not null unique,
    not_after       bigint not null,
    issued_at       bigint not null,
    first_seen_at   bigint,
    revoked_at      bigint,
    revoked_by      text -- superseded, left, wiped, admin
);
create unique index apple_one_identity_for_a_key on apple_identities (challenge_id, public_key_hash);
create index apple_identities_of_device on apple_identities (device_id) where device_id is not null;

-- Phones under management.
create table apple_enrollments (
    device_id     uuid   primary key references devices (id),
    udid_hash     bytea  not null,
    state         text   collate "C" not null, -- authenticated, enrolled, ended
    topic         text   collate "C" not null, -- of the push certificate that it was enrolled with
    cert_hash     bytea  not null, -- its present identity
    push_due_at   bigint,
    udid_sealed   bytea,
    token_sealed  bytea, -- what Apple finds the phone by
    magic_sealed  bytea, -- what a push has to contain
    unlock_sealed bytea, -- what clears its passcode
    doc           text   not null,
    version       bigint not null
);
create unique index apple_one_udid on apple_enrollments (udid_hash) where state <> 'ended';
create index apple_push_due on apple_enrollments (push_due_at) where push_due_at is not null;
create index apple_enrollments_by_topic on apple_enrollments (topic) where state <> 'ended';
