-- An operation begins also where counting its jobs would take long.
alter table wms.operation alter column total drop not null;
