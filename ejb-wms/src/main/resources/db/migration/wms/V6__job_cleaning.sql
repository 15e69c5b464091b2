-- Ended jobs are found by the time of their end, and erased in portions.

update wms.job set end_exec_time = last_update_time
where end_exec_time is null and status in ('Done', 'Completed', 'Failed', 'Killed', 'Deleted');

-- no column that a heartbeat writes is in it
create index job_ended on wms.job (status, end_exec_time) where status in ('Done', 'Failed', 'Killed', 'Deleted');

-- A submission goes with the last of its jobs. The key to it would have every submission that goes searched for in all jobs;
-- both are inserted by one transaction, and a submission is removed only when as many jobs were erased as it made.
alter table wms.job drop constraint job_submission_id_fkey;
alter table wms.submission add column erased integer not null default 0;
create index submission_erased on wms.submission (id) where erased >= jobs;

-- Drops the months of a table that ended before; tells how many. It gives up rather than let everybody who writes wait behind it
-- for somebody who reads for long: the next cycle tries again.
create function wms.drop_months_before(parent text, oldest timestamptz) returns integer language plpgsql
    security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s' as $$
declare
    child text;
    dropped integer := 0;
begin
    for child in
        select relid::regclass::text from pg_partition_tree(('wms.' || quote_ident(parent))::regclass)
        where isleaf and relid::regclass::text ~ ('^wms\.' || parent || '_\d{4}_\d{2}$')
            and to_timestamp(right(relid::regclass::text, 7) || '+00', 'YYYY_MMTZH') + interval '1 month' <= oldest
    loop
        execute 'drop table ' || child;
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;
