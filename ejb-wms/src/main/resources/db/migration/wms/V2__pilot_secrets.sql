-- A secret can be good for several pilots, and only for some. The site director's are for one pilot and one use; administrators make
-- others for pilots that start by themselves. Each constraint is a list of what is allowed; null allows everything.
alter table wms.pilot_secret
    add column uses         integer not null default 0,
    add column most_uses    integer not null default 1 check (most_uses > 0),
    add column pilot_stamps text[],
    add column vos          text[],
    add column sites        text[];

update wms.pilot_secret
    set uses = case when used is null then 0 else 1 end, pilot_stamps = array[pilot_stamp], vos = array[vo];

alter table wms.pilot_secret
    drop column pilot_stamp,
    drop column vo;

create index pilot_secret_stamps on wms.pilot_secret (pilot_stamps);
