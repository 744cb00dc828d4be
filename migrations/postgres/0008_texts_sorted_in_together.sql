-- A row that changes its state puts some eighty entries into the index of texts, whose text is the same. They are collected and
-- sorted in many at a time, which halves what the change costs. Searches read what was collected: it is a megabyte at most.
alter index slots_by_text set (fastupdate = on, gin_pending_list_limit = 1024);
