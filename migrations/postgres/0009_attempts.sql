-- Wrong attempts at passwords, PINs and challenges, counted by all servers together. Not in the log: after a crash of the database
-- they begin at zero, as they do with a server that is alone. All times are by the clock of the database.
create unlogged table attempts (
    bucket  uuid   primary key, -- what is limited, as a keyed hash
    since   bigint not null,    -- when its window began
    until   bigint not null,    -- when it ends
    taken   bigint not null,    -- attempts that were wrong, and those that are being judged
    wrong   bigint not null,    -- attempts that were wrong
    allowed bigint not null,    -- wrong attempts until it is full
    latest  uuid   not null,    -- the attempt that took the latest place
    at      bigint not null     -- when
);
create index attempts_by_end on attempts (until);
