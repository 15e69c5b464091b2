-- Work on many jobs that goes on after its request was answered: which jobs, as whom, and how far it has come.
create table wms.operation (
    id           bigint       generated always as identity primary key,
    vo           varchar(32)  not null,
    owner        varchar(64)  not null,
    owner_group  varchar(128) not null,
    subject      varchar(255) not null,
    action       varchar(32)  not null,
    priority     integer,
    state        varchar(16)  not null,
    reason       text,                                        -- why it was stopped
    total        bigint       not null,                       -- as counted at the start
    done         bigint       not null default 0,
    failed       bigint       not null default 0,
    after_job    bigint       not null default 0,             -- jobs up to this id have been dealt with
    last_job     bigint       not null,                       -- jobs submitted later have higher ids
    tries        integer      not null default 0,             -- failures of the portion that is next, in a row
    node         varchar(255),
    created      timestamptz  not null,
    started      timestamptz,
    advanced     timestamptz  not null,                       -- the operation that waited longest is next
    ended        timestamptz
);
create index operation_open on wms.operation (advanced, id) where ended is null;
create index operation_ended on wms.operation (ended) where ended is not null;
create index operation_subject on wms.operation (vo, subject, id);

create table wms.operation_condition (
    operation_id  bigint  not null references wms.operation on delete cascade,
    place         integer not null,
    parameter     text    not null,
    operator      text    not null,
    value         text,
    listed        text[],
    primary key (operation_id, place)
);

create table wms.operation_problem (
    operation_id  bigint      not null references wms.operation on delete cascade,
    job_id        bigint      not null,
    code          varchar(64) not null,
    detail        text        not null,
    primary key (operation_id, job_id)
);

-- How many submissions there were in the last minute.
create index submission_submitted on wms.submission (vo, submitted);
