-- What is asked of the stager: a row from the moment that its job is in Staging until the stager has answered, or has been told
-- that nobody waits any more. The job may be gone by then.
create table wms.stage_request (
    job_id bigint primary key,
    sent   boolean     not null default false,
    due    timestamptz not null                  -- not sent: asked then
);
create index stage_request_due on wms.stage_request (due) where not sent;
