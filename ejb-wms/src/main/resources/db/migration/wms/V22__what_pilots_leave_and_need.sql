-- A pilot may end before its broken-off submission was looked for: its computing element keeps something of it all the same.
update wms.pilot set cleaned = true
    where reference is null and not cleaned and status in ('Done', 'Failed', 'Deleted', 'Aborted');
drop index wms.pilot_uncleaned;
create index pilot_uncleaned on wms.pilot (last_update_time)
    where not cleaned and status in ('Done', 'Failed', 'Deleted', 'Aborted');

-- The packed images that pilots in queues will ask for, whichever node they reach; in parts of a bounded size.
create table wms.pilot_image (
    sha256  char(64)     not null,
    part    integer      not null,
    bytes   bytea        not null,
    used    timestamptz  not null,                       -- about when pilots were last sent for it
    primary key (sha256, part)
);
alter table wms.pilot_image alter column bytes set storage external; -- they are compressed already
