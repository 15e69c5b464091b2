-- What the site director last saw of each queue that it serves, so that every node can tell. Written in bulk after each cycle by the node
-- whose turn it is; updates stay on their page.
create table wms.queue_state (
    site             varchar(128)  not null,
    ce               varchar(128)  not null,
    queue            varchar(128)  not null,
    last_round       timestamptz   not null,             -- the last that came to its end, well or not
    free_places      integer       not null,             -- what the limits left then
    failures         integer       not null,             -- rounds that failed in a row
    failed           timestamptz,                        -- when the last that failed did
    failure          varchar(2000),                      -- and why
    next_try         timestamptz,                        -- until then it is left alone
    last_submission  timestamptz,                        -- when it took a pilot last
    primary key (site, ce, queue)
) with (fillfactor = 50);

-- What became of the pilots that were sent to each queue, hour by hour.
create table wms.pilot_submission (
    site       varchar(128)  not null,
    ce         varchar(128)  not null,
    queue      varchar(128)  not null,
    vo         varchar(32)   not null,
    hour       timestamptz   not null,                   -- its beginning
    accepted   bigint        not null,
    refused    bigint        not null,
    undecided  bigint        not null,                   -- the answer did not come; found or given up later
    primary key (site, ce, queue, vo, hour)
);
create index pilot_submission_hour on wms.pilot_submission (hour);

-- Tests of queues: each sends one pilot with one job of its own. Their steps are told by the rows of the pilot and the job.
create table wms.queue_test (
    id             bigint        generated always as identity primary key,
    site           varchar(128)  not null,
    ce             varchar(128)  not null,
    queue          varchar(128)  not null,
    vo             varchar(32)   not null,
    author         varchar(64)   not null,
    job_id         bigint,
    tag            varchar(64)   not null,               -- binds the job to the pilot
    started        timestamptz   not null,
    taken_up       timestamptz,                          -- by the site director
    contacted      timestamptz,                          -- the computing element answered
    pilot_stamp    varchar(32),
    submitted      timestamptz,                          -- the computing element took the pilot
    failure        varchar(2000),
    ended          timestamptz
);
-- the changes of one pilot tell how far its test is
create index pilot_change_pilot on wms.pilot_change (pilot_stamp, logged_at);
create index queue_test_open on wms.queue_test (id) where ended is null;
create index queue_test_place on wms.queue_test (site, ce, queue, id);

-- Whether an administrator of the site banned, who may not change the bans of those who run VOs or the installation.
alter table wms.ban add column by_site boolean not null default false;
