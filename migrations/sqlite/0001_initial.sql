-- Rollcall's tables. Times are milliseconds since the Unix epoch, UTC; ids are UUIDs (16 bytes).
-- `doc` holds a row's whole state as JSON; the columns beside it are what it is looked up, sorted and filtered by.
-- `version` grows with every write: a write names the version that it was decided on, and fails when that is gone.

create table people (
    id          blob    not null primary key,
    name        text    not null,
    name_key    text    not null, -- lower case, for sorting
    email       text    not null constraint people_email_key unique,
    locale      text    not null,
    search      text    not null, -- lower case, for searching
    created_at  integer not null,
    version     integer not null
) strict;
create index people_by_name on people (name_key, id);

create table invitations (
    id           blob    not null primary key,
    person_id    blob    not null references people (id),
    is_active    integer not null,
    state        text    not null,
    created_at   integer not null,
    expires_at   integer,
    token_hash   blob    not null constraint invitations_token_key unique,
    pin_hash     blob    not null,
    token_sealed blob    not null,
    pin_sealed   blob    not null,
    doc          text    not null,
    version      integer not null
) strict;
-- The rule that everything rests on, held by the database as well: one active invitation a person.
create unique index invitations_one_active on invitations (person_id) where is_active = 1;
create index invitations_by_creation on invitations (created_at, id);
create index invitations_to_expire on invitations (expires_at) where is_active = 1 and expires_at is not null;

create table slots (
    id              blob    not null primary key,
    person_id       blob    not null references people (id),
    invitation_id   blob    not null references invitations (id),
    device_id       blob,
    status          text    not null,
    name_key        text    not null, -- the person's name in lower case, for sorting
    last_contact_at integer not null, -- 0 for an invitation item
    created_at      integer not null,
    search          text    not null,
    slot_doc        text    not null,
    row_doc         text    not null,
    version         integer not null
) strict;
create index slots_by_person on slots (person_id);
create index slots_by_creation on slots (created_at, id);
create index slots_by_name on slots (name_key, id);
create index slots_by_contact on slots (last_contact_at, id);
create index slots_by_status on slots (status, created_at, id);

create table devices (
    id                   blob    not null primary key,
    person_id            blob    not null references people (id),
    invitation_id        blob    not null references invitations (id),
    slot_id              blob    not null,
    state                text    not null,
    last_contact_at      integer not null,
    deleted_at           integer,
    installation_hash    blob    not null,
    secret_hash          blob    not null,
    previous_secret_hash blob,
    doc                  text    not null,
    version              integer not null
) strict;
create unique index devices_one_installation on devices (person_id, installation_hash) where deleted_at is null;
create index devices_by_invitation on devices (invitation_id) where deleted_at is null;
create index devices_by_silence on devices (state, last_contact_at) where deleted_at is null;

create table inventories (
    device_id blob    not null primary key references devices (id),
    at        integer not null,
    etag      text    not null,
    doc       text    not null
) strict;

create table reports (
    device_id   blob    not null primary key references devices (id),
    at          integer not null,
    doc         text    not null,
    location    text,   -- the last position that was told, with its own time
    permissions text    -- the last permissions that were told
) strict;

create table commands (
    id           blob    not null primary key,
    device_id    blob    not null references devices (id),
    state        text    not null,
    requested_at integer not null,
    expires_at   integer not null,
    leased_until integer,
    doc          text    not null,
    version      integer not null
) strict;
create index commands_by_device on commands (device_id, requested_at);
create index commands_to_expire on commands (expires_at) where state in ('requested', 'delivered', 'acknowledged');

create table mails (
    id              blob    not null primary key,
    person_id       blob    not null references people (id),
    invitation_id   blob    not null references invitations (id),
    device_id       blob,
    kind            text    not null,
    state           text    not null,
    attempts        integer not null,
    next_attempt_at integer not null,
    created_at      integer not null,
    version         integer not null
) strict;
create index mails_due on mails (next_attempt_at) where state = 'queued';
create index mails_by_invitation on mails (invitation_id) where state = 'queued';

create table journal (
    seq           integer primary key autoincrement,
    at            integer not null,
    person_id     blob    not null,
    invitation_id blob,
    slot_id       blob,
    device_id     blob,
    doc           text    not null
) strict;
create index journal_by_slot on journal (slot_id, seq) where slot_id is not null;
create index journal_by_device on journal (device_id, seq) where device_id is not null;
create index journal_by_invitation on journal (invitation_id, seq) where invitation_id is not null;

create table accounts (
    id            blob    not null primary key,
    email         text    not null constraint accounts_email_key unique,
    password_hash text    not null,
    created_at    integer not null
) strict;

create table sessions (
    id           blob    not null primary key,
    token_hash   blob    not null unique,
    account_id   blob    not null references accounts (id),
    user_agent   text    not null,
    created_at   integer not null,
    last_seen_at integer not null,
    expires_at   integer not null
) strict;
create index sessions_by_account on sessions (account_id);

create table api_tokens (
    id           blob    not null primary key,
    name         text    not null constraint api_tokens_name_key unique,
    token_hash   blob    not null unique,
    created_at   integer not null,
    last_used_at integer
) strict;

-- Single values, such as the hash of the one-time link that makes the first account.
create table facts (
    name  text not null primary key,
    value blob not null
) strict;
