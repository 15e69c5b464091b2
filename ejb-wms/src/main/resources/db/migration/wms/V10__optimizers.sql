-- Whether optimizers that ask outside look at the jobs of a submission before they wait.
alter table wms.submission add column checked boolean not null default false;

-- A job in Checking is looked at when its lease is over; without one it is due at once.
create index job_checking on wms.job (coalesce(lease_until, '-infinity'), id) where status = 'Checking';
