-- Workload management: jobs, task queues, pilots, sandboxes. Schema wms; no key leaves it.

-- One row per submitted description: its canonical text is stored once, however many jobs it made.
create table wms.submission (
    id           bigint generated always as identity primary key,
    vo           varchar(32)  not null,
    owner        varchar(64)  not null,
    owner_group  varchar(128) not null,
    description  text         not null,
    warnings     text[]       not null default '{}',          -- what it asks for and nothing acts on yet
    jobs         integer      not null,
    submitted    timestamptz  not null
);

create sequence wms.job_id_seq as bigint increment by 1;

create table wms.job (
    id                  bigint       primary key default nextval('wms.job_id_seq'),
    submission_id       bigint       not null references wms.submission,
    sweep_index         integer      not null,               -- position within the submission, from 0
    sweep_values        text,                                -- the values of a sweep's parameters, null without a sweep
    vo                  varchar(32)  not null,
    owner               varchar(64)  not null,
    owner_group         varchar(128) not null,
    job_type            varchar(32)  not null,
    job_group           varchar(32)  not null,
    job_name            varchar(128) not null,
    site                varchar(100) not null,
    status              varchar(32)  not null,
    minor_status        varchar(128) not null,
    application_status  varchar(255) not null default 'Unknown',
    user_priority       integer      not null,
    reschedule_counter  integer      not null default 0,
    verified_flag       boolean      not null default true,
    accounted_flag      boolean      not null default false,
    submission_time     timestamptz  not null,
    reschedule_time     timestamptz,
    last_update_time    timestamptz  not null,
    start_exec_time     timestamptz,
    heart_beat_time     timestamptz,
    end_exec_time       timestamptz,
    task_queue_id       bigint,
    attempt             integer      not null default 0,     -- raised by every hand-out; the fence of all later writes
    pilot_stamp         varchar(32),                         -- the pilot that holds the current attempt
    lease_until         timestamptz,                         -- Matched only: not Running by then means handed out again
    reported_time       timestamptz,                         -- newest time the holder of this attempt gave, by its clock
    last_logged_time    timestamptz  not null                -- newest status time in the job log
) with (fillfactor = 85);

create index job_vo_owner on wms.job (vo, owner, id);
create index job_vo_status on wms.job (vo, status, id);
create index job_vo_group on wms.job (vo, job_group, id);
create index job_waiting on wms.job (task_queue_id, user_priority desc, id) where status = 'Waiting';
-- no column that a heartbeat writes is in any index, so that it stays a heap-only update
create index job_active on wms.job (status, id) where status in ('Rescheduled', 'Running', 'Stalled', 'Completing');
create index job_lease on wms.job (lease_until) where status = 'Matched';
create index job_pilot on wms.job (pilot_stamp) where pilot_stamp is not null;

-- Every status change, appended in the transaction of the change. Readers that follow the log take rows whose
-- transaction lies below pg_snapshot_xmin(pg_current_snapshot()); their cursor is (transaction_id, sequence).
create sequence wms.job_log_seq as bigint cache 100;

create table wms.job_log (
    job_id              bigint       not null,
    logged_at           timestamptz  not null default now(),
    status_time         timestamptz  not null,
    status              varchar(32)  not null,
    minor_status        varchar(128) not null,
    application_status  varchar(255) not null,
    source              varchar(32)  not null,
    transaction_id      xid8         not null default pg_current_xact_id(),
    sequence            bigint       not null default nextval('wms.job_log_seq')
) partition by range (logged_at);
create index job_log_job on wms.job_log (job_id, status_time, sequence);
create index job_log_cursor on wms.job_log (transaction_id, sequence);

create table wms.job_heartbeat (
    job_id                bigint      not null,
    beat_at               timestamptz not null,
    load_average          double precision,
    memory_used           double precision,
    vsize                 double precision,
    available_disk_space  double precision,
    cpu_consumed          double precision,
    wall_clock_time       double precision
) partition by range (beat_at);
create index job_heartbeat_job on wms.job_heartbeat (job_id, beat_at);

create table wms.pilot_log (
    pilot_stamp  varchar(32)   not null,
    logged_at    timestamptz   not null,                     -- when it arrived
    pilot_time   timestamptz   not null,                     -- by the pilot's own clock
    severity     varchar(16)   not null,
    scope        varchar(64)   not null,
    message      text          not null,
    sequence     bigint        not null generated always as identity
) partition by range (logged_at);
create index pilot_log_pilot on wms.pilot_log (pilot_stamp, sequence);

create table wms.job_log_default partition of wms.job_log default;
create table wms.job_heartbeat_default partition of wms.job_heartbeat default;
create table wms.pilot_log_default partition of wms.pilot_log default;

-- Makes the month's partition of a table if it is absent. The default partition takes rows of months nobody foresaw.
-- Runs with the rights of the schema's owner, for the application's role may be another that makes no tables.
create function wms.ensure_month(parent text, month date) returns void language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    first date := date_trunc('month', month);
    child text := parent || '_' || to_char(first, 'YYYY_MM');
begin
    if to_regclass('wms.' || child) is null then
        execute format('create table wms.%I partition of wms.%I for values from (%L) to (%L)',
            child, parent, first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
    end if;
end $$;

select wms.ensure_month(parent, ((now() at time zone 'UTC')::date + months * interval '1 month')::date)
from unnest(array['job_log', 'job_heartbeat', 'pilot_log']) parent, generate_series(0, 2) months;

create table wms.job_parameter (
    job_id  bigint       not null,
    name    varchar(100) not null,
    value   text         not null,
    primary key (job_id, name)
);

-- Parameters of attempts before a rescheduling.
create table wms.job_parameter_attic (
    job_id            bigint       not null,
    reschedule_cycle  integer      not null,
    name              varchar(100) not null,
    value             text         not null,
    primary key (job_id, reschedule_cycle, name)
);

-- Orders for a running job, handed out once with a heartbeat.
create table wms.job_command (
    id         bigint       generated always as identity primary key,
    job_id     bigint       not null,
    command    varchar(100) not null,
    arguments  varchar(100),
    received   timestamptz  not null,
    sent       timestamptz
);
create index job_command_pending on wms.job_command (job_id) where sent is null;

-- Jobs with equal requirements share a queue; the digest covers all columns that define it.
create table wms.task_queue (
    id            bigint           generated always as identity primary key,
    digest        varchar(64)      not null unique,
    vo            varchar(32)      not null,
    owner         varchar(64)      not null,
    owner_group   varchar(128)     not null,
    cpu_time      integer          not null,
    sites         text[]           not null default '{}',
    banned_sites  text[]           not null default '{}',
    grid_ces      text[]           not null default '{}',
    platforms     text[]           not null default '{}',
    job_types     text[]           not null default '{}',
    tags          text[]           not null default '{}',
    priority      double precision not null default 1,
    enabled       boolean          not null default true,
    created       timestamptz      not null
);
create index task_queue_vo on wms.task_queue (vo, cpu_time);

-- Counters instead of counting rows: one delta per key and transaction, folded into the totals by an agent.
create table wms.job_counter (
    vo            varchar(32)  not null,
    owner         varchar(64)  not null,
    owner_group   varchar(128) not null,
    job_group     varchar(32)  not null,
    site          varchar(100) not null,
    job_type      varchar(32)  not null,
    status        varchar(32)  not null,
    minor_status  varchar(128) not null,
    jobs          bigint       not null,
    primary key (vo, owner, owner_group, job_group, site, job_type, status, minor_status)
);

create table wms.job_counter_delta (
    id            bigint       generated always as identity primary key,
    vo            varchar(32)  not null,
    owner         varchar(64)  not null,
    owner_group   varchar(128) not null,
    job_group     varchar(32)  not null,
    site          varchar(100) not null,
    job_type      varchar(32)  not null,
    status        varchar(32)  not null,
    minor_status  varchar(128) not null,
    jobs          bigint       not null
);

create table wms.pilot (
    id                   bigint       generated always as identity primary key,
    stamp                varchar(32)  not null unique,
    reference            varchar(255),
    vo                   varchar(128) not null,
    grid_type            varchar(32)  not null default 'DIRAC',
    grid_site            varchar(128) not null default 'Unknown',
    destination_site     varchar(128) not null default 'NotAssigned',
    queue                varchar(128) not null default 'Unknown',
    status               varchar(32)  not null,
    status_reason        varchar(255) not null default 'Unknown',
    benchmark            double precision not null default 0,
    initial_job_id       bigint,
    current_job_id       bigint,
    accounting_sent      boolean      not null default false,
    submission_time      timestamptz  not null,
    last_update_time     timestamptz  not null,
    kill_requested       timestamptz,
    cleaned              boolean      not null default false, -- nothing of it is left at its computing element
    log_lines            integer      not null default 0     -- bounds what a pilot may write to its log
);
create index pilot_vo_status on wms.pilot (vo, status, id);
create index pilot_transient on wms.pilot (grid_site, destination_site, queue)
    where status in ('Submitted', 'Waiting', 'Running', 'Unknown');
create index pilot_uncleaned on wms.pilot (last_update_time)
    where not cleaned and reference is not null and status in ('Done', 'Failed', 'Deleted', 'Aborted');

-- The ends of standard output and error of pilots that ended, as their computing element kept them.
create table wms.pilot_output (
    pilot_stamp      varchar(32) primary key,
    standard_output  text        not null,
    standard_error   text        not null,
    stored           timestamptz not null
);

create table wms.pilot_job (
    pilot_stamp  varchar(32) not null,
    job_id       bigint      not null,
    attempt      integer     not null,
    started      timestamptz not null,
    primary key (pilot_stamp, job_id, attempt)
);
create index pilot_job_job on wms.pilot_job (job_id);

-- One-time secrets that a pilot swaps for its token; only hashes are kept.
create table wms.pilot_secret (
    secret_hash  varchar(64) primary key,
    pilot_stamp  varchar(32) not null,
    vo           varchar(32) not null,
    expires      timestamptz not null,
    used         timestamptz
);

create table wms.sandbox (
    id            bigint       generated always as identity primary key,
    se_name       varchar(64)  not null,
    pfn           varchar(512) not null,
    vo            varchar(32)  not null,
    owner         varchar(64)  not null,
    owner_group   varchar(128) not null,
    bytes         bigint       not null,
    registered    timestamptz  not null,
    last_access   timestamptz  not null,
    unique (se_name, pfn)
);
create index sandbox_last_access on wms.sandbox (last_access);

-- An input sandbox belongs to a submission and so to all its jobs, an output sandbox to one job.
create table wms.sandbox_assignment (
    sandbox_id     bigint      not null references wms.sandbox,
    submission_id  bigint,
    job_id         bigint,
    kind           varchar(16) not null check (kind in ('Input', 'Output')),
    attempt        integer,                                  -- the attempt that made this output, null if a user assigned it
    assigned       timestamptz not null,
    check (num_nonnulls(submission_id, job_id) = 1)
);
create unique index sandbox_assignment_submission on wms.sandbox_assignment (submission_id, sandbox_id) where submission_id is not null;
create unique index sandbox_assignment_job on wms.sandbox_assignment (job_id, kind, sandbox_id) where job_id is not null;
create index sandbox_assignment_sandbox on wms.sandbox_assignment (sandbox_id);

-- Jobs that gave up the input sandboxes of their submission; once all did, the submission's assignments go.
create table wms.sandbox_release (
    submission_id  bigint not null,
    job_id         bigint not null,
    primary key (submission_id, job_id)
);

-- Keys that sign links to sandboxes; shared by all nodes, replaced daily.
create table wms.sandbox_link_key (
    id       bigint      generated always as identity primary key,
    secret   bytea       not null,
    created  timestamptz not null
);
