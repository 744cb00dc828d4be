-- How a password was prepared before it was hashed: 1 as typed, 2 in one spelling.
alter table accounts add column password_scheme integer not null default 1;

-- One-time links that replace a password.
create table reset_links (
    account_id blob    not null primary key references accounts (id),
    token_hash blob    not null unique,
    expires_at integer not null
) strict;

-- The trail of access: sign-ins, exports, settings, accounts and tokens.
create table audit (
    seq         integer primary key autoincrement,
    at          integer not null,
    by_stranger integer not null, -- 1 when anybody can cause it: of these fewer are kept
    times       integer not null, -- more than 1 for an entry that stands for many
    doc         text    not null
) strict;
create index audit_of_strangers on audit (by_stranger, seq);
