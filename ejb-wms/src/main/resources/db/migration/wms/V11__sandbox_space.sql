-- How much of the store users take: kept, so that nobody who announces a sandbox sums all that are there. A VO's is summed over its
-- users.
create table wms.sandbox_space (
    vo    varchar(32) not null,
    owner varchar(64) not null,
    bytes bigint      not null,
    primary key (vo, owner)
);

-- Counts a row when it really comes or goes, also by the hand of an operator or a node of the former version.
create function wms.count_sandbox() returns trigger language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'DELETE' then
        update wms.sandbox_space set bytes = bytes - old.bytes where vo = old.vo and owner = old.owner;
    else
        insert into wms.sandbox_space as space (vo, owner, bytes) values (new.vo, new.owner, new.bytes)
        on conflict (vo, owner) do update set bytes = space.bytes + excluded.bytes;
    end if;
    return null;
end $$;

-- from here on nobody else changes the rows, until they are counted
create trigger sandbox_counted after insert or delete on wms.sandbox
    for each row execute function wms.count_sandbox();

insert into wms.sandbox_space (vo, owner, bytes)
select vo, owner, sum(bytes) from wms.sandbox group by vo, owner;
