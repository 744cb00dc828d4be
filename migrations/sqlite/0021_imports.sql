-- Files of people that are imported, from the upload to some time after their end, so that a restart loses none.
create table imports (
    id           blob    primary key,
    owner        blob    not null unique, -- whoever uploaded it; has one at a time
    file         text    not null,        -- its name
    encoding     text    not null,        -- what the owner says that it is written in
    uploaded_at  integer not null,
    confirmed_at integer,
    ended_at     integer,
    is_cancelled integer not null,
    doc          text    not null,        -- what came of it so far
    content      blob    not null         -- last: seldom read
);
create index imports_to_run on imports (confirmed_at) where confirmed_at is not null and ended_at is null;
