-- A sandbox that a foreign store keeps has its row from its announcement on; whether the store has it is looked up at its first use.
alter table wms.sandbox add column arrived boolean not null default true;
create index sandbox_announced on wms.sandbox (last_access) where not arrived;
