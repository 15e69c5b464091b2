-- Nodes keep the open queues in memory. They read what has changed since by the transaction that changed it: one that is not over
-- when they look has a number that they look for again, so none is missed in whatever order transactions commit.
alter table wms.task_queue add column changed xid8 not null default pg_current_xact_id();
create index task_queue_changed on wms.task_queue (changed);

create function wms.note_queue_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.changed := pg_current_xact_id();
    return new;
end $$;

-- a trigger, for whoever changes a queue must not forget it
create trigger task_queue_changed before insert or update on wms.task_queue
    for each row execute function wms.note_queue_change();

-- the queues are looked through in memory now
drop index wms.task_queue_vo;

-- Until when a site gets no more jobs of a kind; one row per kind that is ever held back.
create table wms.matching_delay (
    key    text        primary key,                          -- VO, site, attribute and its value
    until  timestamptz not null
);
