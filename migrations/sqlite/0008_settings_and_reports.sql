-- Names that say what they hold, and one place for what a device reported.

alter table facts rename to settings;

-- Older versions stored the last known position and permissions next to a document that held the latest heartbeat alone.
-- Documents that were written later hold all of it; the two values are moved into the documents that lack them.
update reports set doc = json_set(doc, '$.location', json(location))
where location is not null and doc ->> '$.location' is null;
update reports set doc = json_set(doc, '$.permissions', json(permissions))
where permissions is not null and doc ->> '$.permissions' is null;
alter table reports drop column location;
alter table reports drop column permissions;
