-- User metadata: one table of values for all fields, with a column and an index for each type, so that declaring a field is a row.

create table dms.metadata_field (
    id      int         generated always as identity primary key,
    catalog int         not null references dms.catalog,
    vo      varchar(32) not null,                                  -- of the paths that it is for
    target  varchar(9)  not null check (target in ('DIRECTORY', 'FILE')),
    name    varchar(64) collate "C" not null,
    type    varchar(7),                                            -- null: not declared, free text that nobody searches
    unique (catalog, vo, name, target),
    check (type in ('INT', 'FLOAT', 'STRING', 'DATE', 'METASET'))
);

-- A directory's values count for all below it; of one field there is at most one on any path, so that trees never overlap.
create table dms.metadata (
    field       int          not null references dms.metadata_field on delete cascade,
    directory   bigint       references dms.directory on delete cascade,
    file        bigint       references dms.file on delete cascade,
    int_value   bigint,
    float_value double precision,
    text_value  varchar(512) collate "C",
    date_value  timestamptz,
    check (num_nonnulls(directory, file) = 1),
    check (num_nonnulls(int_value, float_value, text_value, date_value) = 1)
);
create unique index metadata_directory on dms.metadata (directory, field) where directory is not null;
create unique index metadata_file on dms.metadata (file, field) where file is not null;
-- Not partial: what a field has and what goes with it is found by this one, and values below a directory.
create index metadata_field_directory on dms.metadata (field, directory);
create index metadata_int on dms.metadata (field, int_value, directory, file) where int_value is not null;
create index metadata_float on dms.metadata (field, float_value, directory, file) where float_value is not null;
create index metadata_text on dms.metadata (field, text_value, directory, file) where text_value is not null;
create index metadata_date on dms.metadata (field, date_value, directory, file) where date_value is not null;

-- Conditions that queries name.
create table dms.metadata_set (
    catalog int         not null references dms.catalog,
    vo      varchar(32) not null,
    name    varchar(64) collate "C" not null,
    owner   varchar(128) not null,
    query   text        not null,                                  -- JSON
    primary key (catalog, vo, name)
);

create table dms.dataset (
    id         bigint       generated always as identity primary key,
    directory  bigint       not null references dms.directory,     -- keeps a directory with datasets from being removed
    name       varchar(128) collate "C" not null,
    path       text         not null,                              -- what is searched
    query      text         not null,                              -- JSON
    status     varchar(8)   not null check (status in ('Dynamic', 'Frozen')),
    owner      varchar(128) not null,
    owner_group varchar(128) not null,
    files      bigint       not null,
    bytes      numeric(38)  not null,
    hash       char(32)     not null,                              -- MD5 of the sorted LFNs
    annotation varchar(512),
    created    timestamptz  not null,
    modified   timestamptz  not null,
    unique (directory, name)
);

-- What a frozen dataset holds, whatever the query would find now.
create table dms.dataset_file (
    dataset bigint not null references dms.dataset on delete cascade,
    file    bigint not null references dms.file on delete cascade,
    primary key (dataset, file)
);
create index dataset_file_file on dms.dataset_file (file);
