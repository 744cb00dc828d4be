-- Older versions stored what devices reported as it was. Values that make no sense are no longer taken, and those that were
-- stored are removed: a battery above 100 %, more free storage than there is, a place that is none, a text of any length.

update reports set doc = json_remove(doc, '$.battery', '$.told.battery')
where json_valid(doc) and doc ->> '$.battery.level' > 100;
update reports set doc = json_remove(doc, '$.storage', '$.told.storage')
where json_valid(doc) and (doc ->> '$.storage.free_bytes' > doc ->> '$.storage.total_bytes' or doc ->> '$.storage.total_bytes' = 0);
update reports set doc = json_remove(doc, '$.location', '$.told.location')
where json_valid(doc) and (
    abs(doc ->> '$.location.latitude') > 90 or abs(doc ->> '$.location.longitude') > 180
    or doc ->> '$.location.accuracy_m' < 0 or doc ->> '$.location.accuracy_m' > 20037508
    or (doc ->> '$.location.latitude' = 0 and doc ->> '$.location.longitude' = 0)
);
update reports set doc = json_set(doc, '$.network', substr(doc ->> '$.network', 1, 60))
where json_valid(doc) and length(doc ->> '$.network') > 60;
