-- A job may be in Staging several times: each time is a request with a number of its own, so that a late answer to an
-- earlier one is not taken for an answer to the present one.
alter table wms.stage_request drop constraint stage_request_pkey;
alter table wms.stage_request add column request bigint generated always as identity primary key;
create index stage_request_job on wms.stage_request (job_id);
