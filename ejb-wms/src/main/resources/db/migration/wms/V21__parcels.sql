-- Jobs that were given to pilots without a way to the server, which take their job along as a parcel and leave its results there.
create table wms.parcel (
    pilot_stamp  varchar(32)   primary key,
    job_id       bigint        not null,
    attempt      integer       not null,
    lines        bigint        not null default 0,           -- of the spool that count already
    opened       timestamptz                                 -- when all was said that the spool had to say
);
