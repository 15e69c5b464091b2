-- What pilots have described lately, for explanations: one row per VO, site and computing element ('' if the pilot names none), written
-- at most once a minute by each node.
create table wms.seen_resource (
    vo             varchar(32)  not null,
    site           varchar(128) not null,
    grid_ce        varchar(255) not null,
    platform       text,
    cpu_time       bigint       not null,
    tags           text[]       not null,
    required_tags  text[]       not null,
    processors     integer      not null,
    max_ram        integer      not null,
    whole_node     boolean      not null,
    job_types      text[]       not null,
    owner          text,
    owner_groups   text[]       not null,
    refused_fields text[]       not null, -- what is refused: the fields and, in the same order, their values
    refused_values text[]       not null,
    described      timestamptz  not null, -- when a pilot described it so
    last_seen      timestamptz  not null, -- when a pilot of it asked last, however it described it
    primary key (vo, site, grid_ce)
);

-- How many jobs were handed out from each queue of late, in slots of time.
create table wms.queue_hand_out (
    task_queue_id  bigint       not null,
    slot           timestamptz  not null, -- its beginning
    jobs           bigint       not null,
    primary key (task_queue_id, slot)
);
create index queue_hand_out_slot on wms.queue_hand_out (slot);
