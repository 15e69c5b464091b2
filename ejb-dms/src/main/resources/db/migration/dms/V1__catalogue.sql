-- File catalogues: one set of tables for all instances; every path and name belongs to one of them.
-- Paths and names compare byte by byte, so that a subtree is a range of the index.

create table dms.catalog (
    id   int          generated always as identity primary key,
    name varchar(64)  not null unique
);

-- Who owns something, by number, as a hundred million files carry it.
create table dms.principal (
    id   int          generated always as identity primary key,
    kind varchar(5)   not null check (kind in ('USER', 'GROUP')),
    vo   varchar(32)  not null,                                     -- empty: of the root
    name varchar(128) not null,                                    -- '-': nobody, what the catalogue itself has made
    unique (kind, vo, name)
);

create table dms.storage_element (
    id   int          generated always as identity primary key,   -- usage has 0 for the files themselves
    name varchar(128) not null unique
);

-- Access lists are shared by all that have the same one.
create table dms.acl (
    id      int  generated always as identity primary key,
    entries text not null                                          -- canonical: sorted, one entry per line
);
create unique index acl_entries on dms.acl (md5(entries));         -- the longest list is too long for an index

create table dms.directory (
    id          bigint      generated always as identity primary key,
    catalog     int         not null references dms.catalog,
    parent      bigint      references dms.directory,              -- null: the root of its catalogue
    path        text        collate "C" not null,                  -- '/' or without a slash at its end
    owner       int         not null references dms.principal,
    owner_group int         not null references dms.principal,
    mode        smallint    not null,
    acl         int         references dms.acl,
    default_acl int         references dms.acl,                    -- what is made in it begins with this one
    created     timestamptz not null,
    modified    timestamptz not null,
    unique (catalog, path)
);
create index directory_parent on dms.directory (parent, path);

create table dms.file (
    id          bigint       generated always as identity primary key,
    directory   bigint       not null references dms.directory,    -- keeps a directory with files from being removed
    name        varchar(255) collate "C" not null,
    size        bigint       not null check (size between 0 and 9007199254740992),
    adler32     char(8),
    sha256      char(64),
    guid        uuid         not null,
    owner       int          not null references dms.principal,
    owner_group int          not null references dms.principal,
    mode        smallint     not null,
    acl         int          references dms.acl,
    status      varchar(16)  not null,
    job         bigint,                                            -- the job that made it
    created     timestamptz  not null,
    modified    timestamptz  not null,
    unique (directory, name)
);
create index file_guid on dms.file (guid);
create index file_job on dms.file (job) where job is not null;

create table dms.replica (
    file     bigint      not null references dms.file on delete cascade,
    se       int         not null references dms.storage_element,
    status   varchar(16) not null,
    master   boolean     not null,
    pfn      text,                                                 -- null: the LFN below the storage element's path
    created  timestamptz not null,
    modified timestamptz not null,
    primary key (file, se)
);
create index replica_se on dms.replica (se, file);

create table dms.file_ancestor (
    file     bigint not null references dms.file on delete cascade,
    ancestor bigint not null references dms.file on delete cascade,
    depth    int    not null check (depth > 0),
    primary key (file, ancestor)
);
create index file_ancestor_descendants on dms.file_ancestor (ancestor);

-- How much lies below a directory and belongs to an owner. Writers only add deltas, so that they never wait for each other at the
-- root; an agent folds them into the totals of all directories above. What is read is totals and deltas in one snapshot: exact.
create table dms.usage (
    directory bigint not null,                                     -- no foreign key: folding must not wait for directories
    se        int    not null,                                     -- 0: every file once
    files     bigint not null,
    bytes     numeric(38) not null,                                -- sums of many largest sizes are beyond a bigint
    primary key (directory, se)
);

create table dms.usage_of_owner (
    catalog     int    not null references dms.catalog,
    owner       int    not null references dms.principal,
    owner_group int    not null references dms.principal,
    se          int    not null,
    files       bigint not null,
    bytes       numeric(38) not null,
    primary key (catalog, owner, owner_group, se)
);

create table dms.usage_delta (
    id          bigint generated always as identity primary key,
    directory   bigint not null,
    owner       int,                                               -- null: of the directories alone, when one has moved
    owner_group int,
    se          int    not null,
    files       bigint not null,
    bytes       numeric(38) not null
);
create index usage_delta_directory on dms.usage_delta (directory);
