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
