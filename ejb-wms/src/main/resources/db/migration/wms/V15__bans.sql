-- Sites and computing elements that get no more jobs and pilots for a while; every node reads those in force every second. A ban that
-- is over stays as its history.
create table wms.ban (
    id            bigint        generated always as identity primary key,
    kind          varchar(20)   not null check (kind in ('SITE', 'COMPUTING_ELEMENT')),
    name          varchar(255)  not null,
    vo            varchar(32)   not null,              -- empty: for all VOs
    reason        varchar(1000) not null,
    author        varchar(64)   not null,
    since         timestamptz   not null,
    until         timestamptz,                         -- ends by itself then
    lifted        timestamptz,                         -- somebody ended it; one that has ended by itself is not lifted
    lifted_by     varchar(64),
    lifted_reason varchar(1000)
);

-- one that has ended by itself is closed when the next is made
create unique index ban_in_force on wms.ban (kind, name, vo) where lifted is null;
create index ban_history on wms.ban (kind, name, id);
