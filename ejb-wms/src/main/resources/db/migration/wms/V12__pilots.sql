-- Logs: pilots number their lines, so that a batch which comes again adds nothing; characters are bounded beside lines.
alter table wms.pilot
    add column log_next       bigint not null default 0,     -- the number of the next line that is new
    add column log_characters bigint not null default 0;

-- Ended pilots: those to be cleared, and those whose end is not accounted yet.
create index pilot_ended on wms.pilot (last_update_time) where status in ('Done', 'Failed', 'Deleted', 'Aborted');
create index pilot_unaccounted on wms.pilot (id)
    where not accounting_sent and status in ('Done', 'Failed', 'Deleted', 'Aborted');

-- Searches in all logs are about some time; lines come in its order, so this costs next to nothing.
create index pilot_log_arrival on wms.pilot_log using brin (logged_at);

-- History: how many pilots there were at the snapshots of the jobs, and as coarse as these.
create table wms.pilot_history (
    taken      timestamptz      not null,
    vo         varchar(128)     not null,
    grid_site  varchar(128)     not null,
    grid_type  varchar(32)      not null,
    status     varchar(32)      not null,
    pilots     double precision not null,                    -- on average of the looks
    weight     integer          not null                     -- that of the snapshot
) partition by range (taken);
create index pilot_history_taken on wms.pilot_history (taken, vo);
create table wms.pilot_history_default partition of wms.pilot_history default;
-- they are counted every minute, from this index alone
create index pilot_counted on wms.pilot (vo, grid_site, grid_type, status);

-- Changes, for those who follow pilots; read by transaction as the job log is, with the same cursors.
create table wms.pilot_change (
    pilot_stamp       varchar(32)  not null,
    logged_at         timestamptz  not null default now(),
    vo                varchar(128) not null,
    grid_site         varchar(128) not null,
    destination_site  varchar(128) not null,
    status            varchar(32)  not null,
    status_reason     varchar(255) not null,
    transaction_id    xid8         not null default pg_current_xact_id(),
    sequence          bigint       not null default nextval('wms.job_log_seq')
) partition by range (logged_at);
create index pilot_change_cursor on wms.pilot_change (transaction_id, sequence);
create table wms.pilot_change_default partition of wms.pilot_change default;

create function wms.note_pilot_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    insert into wms.pilot_change (pilot_stamp, vo, grid_site, destination_site, status, status_reason)
    values (new.stamp, new.vo, new.grid_site, new.destination_site, new.status, new.status_reason);
    return null;
end $$;

-- triggers, for whoever changes a pilot must not forget it
create trigger pilot_added after insert on wms.pilot for each row execute function wms.note_pilot_change();
create trigger pilot_changed after update on wms.pilot for each row
    when ((old.status, old.status_reason, old.grid_site, old.destination_site)
        is distinct from (new.status, new.status_reason, new.grid_site, new.destination_site))
    execute function wms.note_pilot_change();

select wms.ensure_month(parent, ((now() at time zone 'UTC')::date + months * interval '1 month')::date)
from unnest(array['pilot_history', 'pilot_change']) parent, generate_series(0, 2) months;
