-- The properties of the session that began an operation: it acts with them, which may be more than those of its group.
-- What was begun earlier, or by a node of the former version, goes on with the rights of everybody who may submit jobs.
alter table wms.operation add column properties text[] not null default '{NormalUser}';

-- How many ids the next portion is searched among, where the whole took too long; null for all.
alter table wms.operation add column span bigint;

-- What the submitter calls a job; null for most.
alter table wms.job add column client_ref varchar(64);
create index job_client_ref on wms.job (vo, client_ref, id) where client_ref is not null;
