-- How much of the store a VO and its users take is summed from this index alone.
create index sandbox_owner on wms.sandbox (vo, owner) include (bytes);
