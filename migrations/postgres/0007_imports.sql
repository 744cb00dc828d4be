-- Files of people that are imported, from the upload to some time after their end: any server shows them, and the one that
-- leads imports them.
create table imports (
    id           uuid   primary key,
    owner        uuid   not null constraint imports_owner_key unique, -- whoever uploaded it; has one at a time
    file         text   not null, -- its name
    encoding     text   not null, -- what the owner says that it is written in
    uploaded_at  bigint not null,
    confirmed_at bigint,
    ended_at     bigint,
    is_cancelled bigint not null,
    doc          text   not null, -- what came of it so far
    content      bytea  not null
);
create index imports_to_run on imports (confirmed_at) where confirmed_at is not null and ended_at is null;
