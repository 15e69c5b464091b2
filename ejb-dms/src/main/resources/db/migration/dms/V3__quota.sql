-- How much there may be: of a VO, a group, a user, or below a directory, whose quota goes with it. What is used is told by the usage.

create table dms.quota (
    id        bigint       generated always as identity primary key,
    catalog   int          not null references dms.catalog,
    vo        varchar(32)  not null,
    kind      varchar(9)   not null check (kind in ('VO', 'GROUP', 'USER', 'DIRECTORY')),
    name      varchar(128) not null,                                -- empty: of the directory
    directory bigint       references dms.directory on delete cascade,
    files     bigint       check (files >= 0),                      -- null: any number
    bytes     bigint       check (bytes >= 0),
    check ((kind = 'DIRECTORY') = (directory is not null)),
    check (files is not null or bytes is not null)
);
create unique index quota_holder on dms.quota (catalog, vo, kind, name) where directory is null;
create unique index quota_directory on dms.quota (directory);

-- A registration under the quota of a user or group reads what has not been added up yet of him or it.
create index usage_delta_owner on dms.usage_delta (owner, se) where owner is not null;
create index usage_delta_group on dms.usage_delta (owner_group, se) where owner_group is not null;
