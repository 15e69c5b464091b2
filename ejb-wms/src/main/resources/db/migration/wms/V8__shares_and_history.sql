-- Shares: a queue that is new or was opened again gets its priority within seconds, from an agent that looks for these only.
alter table wms.task_queue add column priority_due boolean not null default true;
create index task_queue_due on wms.task_queue (vo, owner_group, owner) where priority_due;

-- who has queues in a group
create index task_queue_owner on wms.task_queue (vo, owner_group, owner) where enabled;

-- History: what the counters of jobs said, once a minute; later the averages of whole hours. A moment at which nothing was counted has
-- a snapshot without rows, one that nobody looked at has none.
create table wms.job_snapshot (
    taken   timestamptz primary key,
    weight  integer     not null,                            -- how many looks it is the average of
    coarse  boolean     not null default false
) partition by range (taken);
create index job_snapshot_fine on wms.job_snapshot (taken) where not coarse;

create table wms.job_history (
    taken         timestamptz      not null,
    vo            varchar(32)      not null,
    owner         varchar(64)      not null,
    owner_group   varchar(128)     not null,
    job_group     varchar(32)      not null,
    site          varchar(100)     not null,
    job_type      varchar(32)      not null,
    status        varchar(32)      not null,
    minor_status  varchar(128)     not null,
    jobs          double precision not null,                 -- on average of the looks
    weight        integer          not null                  -- that of the snapshot
) partition by range (taken);
create index job_history_taken on wms.job_history (taken, vo);

create table wms.job_snapshot_default partition of wms.job_snapshot default;
create table wms.job_history_default partition of wms.job_history default;

select wms.ensure_month(parent, ((now() at time zone 'UTC')::date + months * interval '1 month')::date)
from unnest(array['job_snapshot', 'job_history']) parent, generate_series(0, 2) months;
