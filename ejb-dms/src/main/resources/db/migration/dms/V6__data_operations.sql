-- What is to be done at storage elements, written down before it is done: uploads, replications, removals. One row is about one file
-- at one storage element; while it is open nothing else may be done at that place.

create table dms.data_operation (
    id           bigint       generated always as identity primary key,
    kind         varchar(16)  not null check (kind in ('UPLOAD', 'REPLICATION', 'REMOVAL')),
    state        varchar(16)  not null,
    vo           varchar(32)  not null,
    owner        varchar(128) not null,
    owner_group  varchar(128) not null,
    lfn          text         collate "C" not null,
    se           varchar(128) not null,
    source       varchar(128),                                     -- of a replication: the one to copy from, unless any is good
    thorough     boolean      not null,                            -- the file goes with its last replica; the source goes after the copy
    size         bigint       not null,
    adler32      char(8),
    sha256       char(64),
    guid         uuid,
    arrived      char(8),                                          -- the adler32 of what came through us
    begun        boolean      not null,                            -- whether there may be something of ours at the storage element
    attempts     int          not null default 0,
    claim        bigint       not null default 0,                  -- counts who took it up; only the last may write
    next_look    timestamptz,                                      -- when somebody has to look after it; null: never again
    deadline     timestamptz  not null,
    access_until timestamptz,                                      -- until when a client may begin to write
    ending       varchar(16),                                      -- how it ends once it is cleaned up
    failure      text,
    created      timestamptz  not null,
    ended        timestamptz
);
create unique index data_operation_place on dms.data_operation (se, lfn) where ended is null;
create unique index data_operation_upload on dms.data_operation (lfn) where ended is null and kind = 'UPLOAD';
create index data_operation_lfn on dms.data_operation (lfn) where ended is null;
create index data_operation_due on dms.data_operation (next_look) where next_look is not null;
create index data_operation_owner on dms.data_operation (vo, owner, id);
create index data_operation_ended on dms.data_operation (ended) where ended is not null;
