-- The configuration becomes a document in DIRAC's own format that people edit. Until now it could only be the seed, which
-- the next start reads again.

delete from framework.configuration_revision;

comment on column framework.configuration_revision.document is 'the whole document as .cfg text, comments included';

alter table framework.configuration_revision
    add column hash    varchar(64)  not null,          -- SHA-256 of revision and document: what clients compare
    add column subject varchar(512) not null,          -- who did it, as Caller.identity() says
    add column origin  varchar(255) not null;          -- address that the request came from

-- What each revision changed; the audit of the configuration and the source of blame.
create table framework.configuration_change (
    revision  bigint      not null references framework.configuration_revision (revision),
    place     integer     not null check (place >= 0),
    path      text        not null check (octet_length(path) <= 2000),
    kind      varchar(16) not null check (kind in ('ADDED', 'REMOVED', 'CHANGED', 'COMMENT')),
    before    text,                                    -- absent for what was added, and for sections
    after     text,                                    -- absent for what was removed, and for sections
    primary key (revision, place)
);

create index configuration_change_path on framework.configuration_change (path text_pattern_ops, revision);
