-- Several servers on one database.

-- Those that are there. Each says so every few seconds; one that has not done so for half a minute is gone.
create table servers (
    id         uuid   primary key, -- of this start
    place      text   not null,    -- computer and data folder: a server there is alone, and its predecessor has ended
    version    text   not null,
    started_at bigint not null,
    seen_at    bigint not null     -- by the clock of the database
);

-- What one server at a time does.
create table leases (
    name   text   collate "C" primary key,
    holder uuid   not null,
    until  bigint not null -- by the clock of the database
);

-- The server that hands a mail to the mail server.
alter table mails add column claimed_by uuid;

-- The lowest migration that a program has to know to work on these tables. A migration that only adds leaves this as it is, so
-- that servers of the version before go on, and may start, while an upgrade lasts. One that takes something away raises it.
create table schema_needs (
    id        bigint primary key check (id = 1), -- there is one
    migration bigint not null
);
insert into schema_needs values (1, 2);
