-- iPhones and iPads: our certificate authority, the push certificates of Apple, and what was issued to and enrolled by phones.
-- Columns that end in `_sealed` are encrypted with the key of the installation, each for a purpose of its own.

create table apple_authority (
    id         integer not null primary key check (id = 1), -- there is one
    cert       blob    not null, -- DER
    key_sealed blob    not null, -- PKCS#8
    public_url text    not null, -- where phones report to, for ever
    made_at    integer not null
) strict;

-- One row for each key that was ever made here; at most one is active.
create table apple_push_certs (
    id          blob    not null primary key,
    state       text    not null, -- requested, active, replaced
    topic       text,             -- of the certificate, once there is one
    cert        text,             -- PEM, the leaf first
    key_sealed  blob    not null, -- PKCS#8
    not_after   integer,
    apple_id    text,             -- of the account at Apple that it has to be renewed with, as the admin wrote it
    warned_at   integer,          -- when the admins were mailed that it expires
    made_at     integer not null,
    uploaded_at integer,
    version     integer not null
) strict;
create unique index apple_one_active_push_cert on apple_push_certs (state) where state = 'active';

-- What a phone shows to be issued a certificate: made for an invitation, or for a device that renews its certificate.
create table apple_challenges (
    id            blob    not null primary key,
    hash          blob    not null unique,
    sealed        blob    not null,
    invitation_id blob    references invitations (id),
    device_id     blob    references devices (id),
    ownership     text    not null,
    platform      text    not null,
    rights        integer not null, -- AccessRights of the profile that it is part of
    made_at       integer not null,
    expires_at    integer not null,
    fetched_at    integer, -- when a phone last downloaded the profile
    issued        integer not null, -- how many certificates
    issued_at     integer, -- the latest of them
    spent_at      integer,
    check ((invitation_id is null) <> (device_id is null))
) strict;
create index apple_challenges_of_invitation on apple_challenges (invitation_id, made_at) where invitation_id is not null;
create index apple_challenges_of_device on apple_challenges (device_id, made_at) where device_id is not null;

-- Every certificate that was ever issued: who calls is found here, and nowhere else.
create table apple_identities (
    cert_hash       blob    not null primary key, -- SHA-256 of the certificate
    challenge_id    blob    not null references apple_challenges (id),
    device_id       blob    references devices (id), -- the phone that used it, once one has
    cert            blob    not null, -- DER, to be handed out again for the same key
    public_key_hash blob    not null, -- SHA-256
    serial          blob    not null unique,
    not_after       integer not null,
    issued_at       integer not null,
    first_seen_at   integer,
    revoked_at      integer,
    revoked_by      text -- superseded, left, wiped, admin
) strict;
create unique index apple_one_identity_for_a_key on apple_identities (challenge_id, public_key_hash);
create index apple_identities_of_device on apple_identities (device_id) where device_id is not null;

-- Phones under management.
create table apple_enrollments (
    device_id     blob    not null primary key references devices (id),
    udid_hash     blob    not null,
    state         text    not null, -- authenticated, enrolled, ended
    topic         text    not null, -- of the push certificate that it was enrolled with
    cert_hash     blob    not null, -- its present identity
    push_due_at   integer,
    udid_sealed   blob,
    token_sealed  blob, -- what Apple finds the phone by
    magic_sealed  blob, -- what a push has to contain
    unlock_sealed blob, -- what clears its passcode
    doc           text    not null,
    version       integer not null
) strict;
create unique index apple_one_udid on apple_enrollments (udid_hash) where state <> 'ended';
create index apple_push_due on apple_enrollments (push_due_at) where push_due_at is not null;
create index apple_enrollments_by_topic on apple_enrollments (topic) where state <> 'ended';
