-- Addresses of users that are told when a job group has finished.
create table wms.webhook (
    id             uuid          primary key,
    vo             varchar(32)   not null,
    owner          varchar(64)   not null,
    subject        varchar(255)  not null,                     -- of the owner
    owner_group    varchar(128)  not null,                     -- in which it was registered
    whole_vo       boolean       not null,                     -- groups of all users of the VO, not only the owner's
    job_group      varchar(32),                                -- null: every group
    url            varchar(2048) not null,
    sealed_secret  text          not null,
    enabled        boolean       not null default true,
    reason         varchar(255),                               -- why it is not enabled
    failures       integer       not null default 0,           -- tries that failed, in a row
    created        timestamptz   not null
);
create index webhook_owner on wms.webhook (vo, owner);

-- What each of them is told, until it has taken it. The key tells the same news of two looks at a group from news.
create table wms.webhook_delivery (
    id            uuid         primary key,                    -- also the id of the message
    webhook_id    uuid         not null references wms.webhook on delete cascade,
    event_key     varchar(255) not null,
    body          text         not null,
    status        varchar(16)  not null check (status in ('Pending', 'Delivered', 'Failed')),
    attempts      integer      not null default 0,
    next_attempt  timestamptz  not null,
    answer        integer,                                     -- HTTP status of the last try; null: there was no answer
    reason        varchar(255),
    created       timestamptz  not null,
    finished      timestamptz,
    unique (webhook_id, event_key)
);
create index webhook_delivery_due on wms.webhook_delivery (next_attempt) where status = 'Pending';
create index webhook_delivery_finished on wms.webhook_delivery (finished) where finished is not null;

-- Up to where the change feed was looked through for groups that have finished.
create table wms.webhook_position (
    only_one  boolean primary key default true check (only_one),
    cursor    text    not null
);
