-- Everything that is asked of rows which need attention, so that the rows themselves are not read where they were vacuumed: counting
-- the causes of 280,000 rows took 360 ms.
drop index slots_by_attention;
drop index slots_by_attention_alone;
create index slots_by_attention on slots (cause, cause_from, later_cause, later_cause_from, platform, ownership, status)
    where cause is not null;
