-- When a person got the latest reminder, whatever became of the row that it was about since.
alter table people add column reminded_at integer;
