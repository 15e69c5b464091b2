-- Why a log-in was refused that its person approved: the program that waits is told.
alter table framework.device_flow add column reason text;
