-- Devices that come back: the same hardware twice, wipes that have begun, and two more states of a row.

-- By what the hardware of a device is recognised; filled for devices that exist when the store is opened. A device that is
-- deleted or replaced has no rows.
create table device_hardware (
    key       text not null, -- kind and number, such as `serial 3A1B2C`
    device_id blob not null references devices (id),
    primary key (key, device_id)
) strict, without rowid;
create index device_hardware_by_device on device_hardware (device_id);

-- Another device in use with the same hardware, and since when the device erases itself; both follow from `doc`.
alter table devices add column twin_id blob;
alter table devices add column wiping_since integer;
create index devices_with_twin on devices (twin_id) where twin_id is not null;
create index devices_wiping on devices (last_contact_at) where wiping_since is not null;

-- Wipes that are open, and wipes that were carried out by devices that were not heard again: those are wiped at the next sweep.
create temporary table wipes as
select c.device_id, c.id, c.requested_at, c.state, c.doc ->> '$.id' as command_id,
       c.doc ->> '$.requested_at' as requested, max(c.requested_at) as latest
from commands c join devices d on d.id = c.device_id
where c.doc ->> '$.kind.type' = 'wipe' and d.deleted_at is null and d.state <> 'unenrolled'
  and (c.state in ('requested', 'delivered', 'acknowledged')
       or (c.state = 'completed' and d.last_contact_at <= unixepoch(c.doc ->> '$.finished_at') * 1000 + 600000))
group by c.device_id;
update devices set
    wiping_since = case when w.state in ('acknowledged', 'completed') then w.requested_at end,
    doc = json_set(devices.doc, '$.wipe', json_object('command_id', w.command_id, 'requested_at', w.requested, 'acknowledged_at',
          case when w.state in ('acknowledged', 'completed') then w.requested end))
from wipes w where w.device_id = devices.id;
update slots set row_doc = json_set(slots.row_doc, '$.device.wipe_requested_at', w.requested)
from wipes w where w.device_id = slots.device_id and w.state <> 'completed';
drop table wipes;

-- The place of the two new states in the life cycle.
drop index slots_by_status;
alter table slots drop column status_rank;
alter table slots add column status_rank integer as (case status
    when 'created' then 0
    when 'queued' then 1
    when 'sent' then 2
    when 'opened' then 3
    when 'pending' then 4
    when 'enrolling' then 5
    when 'active' then 6
    when 'permissions_lost' then 7
    when 'not_synchronizing' then 8
    when 'unenrolled' then 9
    when 'wiped' then 10
    when 'replaced' then 11
end) virtual;
create index slots_by_status on slots (status_rank, id, status, platform, ownership, last_contact_at,
                                       cause, cause_from, later_cause, later_cause_from);
