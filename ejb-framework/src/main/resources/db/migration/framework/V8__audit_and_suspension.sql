-- Who did what that concerns security: with which credential, from where, and what became of it. Rows are only added; whole months
-- are dropped when they are older than the retention. No secret stands here.
create sequence framework.audit_seq as bigint increment by 1;

create table framework.audit (
    id              bigint        not null default nextval('framework.audit_seq'),
    at              timestamptz   not null,
    act             varchar(32)   not null,
    outcome         varchar(8)    not null check (outcome in ('DONE', 'REFUSED')),
    times           integer       not null,            -- equal refusals within a moment are one row
    vo              varchar(32)   not null,            -- empty: concerns no VO, or no known one
    actor           varchar(512)  not null,            -- as Caller.identity() says; empty: nobody known
    username        varchar(64)   not null,
    user_group      varchar(128)  not null,
    credential_kind varchar(32)   not null,
    credential      varchar(1024) not null,            -- the jti of a token, the DN of a certificate
    client          varchar(255)  not null,            -- what acted for the user
    target          varchar(512)  not null,
    address         varchar(64)   not null,
    request_id      varchar(64)   not null,
    detail          varchar(1000) not null
) partition by range (at);

create index audit_at on framework.audit (at, id);
create index audit_vo on framework.audit (vo, at, id);
create index audit_target on framework.audit (target, at);
create index audit_actor on framework.audit (actor, at);
create index audit_username on framework.audit (username, at) where username <> '';
create index audit_address on framework.audit (address, at);
create index audit_credential on framework.audit (credential, at) where credential <> '';

create table framework.audit_default partition of framework.audit default;

-- Makes the month's partition if it is absent. The default partition takes rows of months nobody foresaw.
-- Runs with the rights of the schema's owner, for the application's role may be another that makes no tables.
create function framework.ensure_audit_month(month date) returns void language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    first date := date_trunc('month', month);
    child text := 'audit_' || to_char(first, 'YYYY_MM');
    since timestamptz := first::timestamp at time zone 'UTC';
    until timestamptz := (first + interval '1 month')::timestamp at time zone 'UTC';
begin
    if to_regclass('framework.' || child) is null then
        -- made apart and attached: rows of the month that the default partition took would forbid to make it in place
        lock table framework.audit in access exclusive mode;
        execute format('create table framework.%I (like framework.audit including defaults including constraints)', child);
        execute format('with moved as (delete from framework.audit_default where at >= %L and at < %L returning *)
            insert into framework.%I select * from moved', since, until, child);
        execute format('alter table framework.audit attach partition framework.%I for values from (%L) to (%L)',
            child, since, until);
    end if;
end $$;

select framework.ensure_audit_month(((now() at time zone 'UTC')::date + months * interval '1 month')::date)
from generate_series(0, 2) months;

-- Drops the months that ended before; tells how many.
create function framework.drop_audit_before(oldest timestamptz) returns integer language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    child text;
    dropped integer := 0;
begin
    for child in
        select relid::regclass::text from pg_partition_tree('framework.audit')
        where isleaf and relid::regclass::text ~ '^framework\.audit_\d{4}_\d{2}$'
            and to_timestamp(right(relid::regclass::text, 7) || '+00', 'YYYY_MMTZH') + interval '1 month' <= oldest
    loop
        execute 'drop table ' || child;
        dropped := dropped + 1;
    end loop;
    delete from framework.audit_default where at < oldest;
    return dropped;
end $$;

-- Who and what is shut out until somebody lifts it. Every node reads all of it every second.
create table framework.suspension (
    id         bigint       generated always as identity primary key,
    kind       varchar(8)   not null check (kind in ('USER', 'SUBJECT', 'DN', 'VO', 'SITE', 'PILOT')),
    vo         varchar(32)  not null,                  -- empty for a DN and a site, which belong to no VO
    name       varchar(1024) not null,
    reason     varchar(1000) not null,
    author     varchar(64)  not null,
    actor      varchar(512) not null,                  -- the author as Caller.identity() says
    everywhere boolean      not null,                  -- by an administrator of the installation: none of a VO may lift it
    since      timestamptz  not null,
    unique (kind, vo, name)
);
