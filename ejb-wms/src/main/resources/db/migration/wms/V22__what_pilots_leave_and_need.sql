-- A pilot may end before its broken-off submission was looked for: its computing element keeps something of it all the same.
update wms.pilot set cleaned = true
    where reference is null and not cleaned and status in ('Done', 'Failed', 'Deleted', 'Aborted');
drop index wms.pilot_uncleaned;
create index pilot_uncleaned on wms.pilot (last_update_time)
    where not cleaned and status in ('Done', 'Failed', 'Deleted', 'Aborted');
