-- Wrong attempts at passwords, PINs and challenges, counted by all servers together. Not in the log: after a crash of the database
-- they begin at zero, as they do with a server that is alone.
create unlogged table attempts (
    bucket uuid   primary key,  -- what is limited, as a keyed hash
    since  bigint not null,     -- when its window began, by the clock of the database
    until  bigint not null,     -- when it ends
    taken  bigint not null,     -- attempts that were wrong, and those that are being judged
    wrong  bigint not null      -- attempts that were wrong
);
create index attempts_by_end on attempts (until);
