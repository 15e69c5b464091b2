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
select wms.ensure_month('pilot_history', ((now() at time zone 'UTC')::date + months * interval '1 month')::date)
from generate_series(0, 2) months;

-- they are counted every minute, from this index alone
create index pilot_counted on wms.pilot (vo, grid_site, grid_type, status);
