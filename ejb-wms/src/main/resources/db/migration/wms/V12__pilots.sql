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
