-- Requests for proxies of users: the key pair was made here and waits for its chain. A row is deleted by the one who brings it.
create table framework.proxy_request (
    id         uuid         primary key,
    vo         varchar(32)  not null,
    subject    varchar(255) not null,                  -- who asked, and nobody else may complete
    sealed_key text         not null,                  -- the private key, sealed for this row
    expires    timestamptz  not null
);

create index proxy_request_owner on framework.proxy_request (vo, subject);
create index proxy_request_expires on framework.proxy_request (expires);

-- Proxies that users entrusted to us, without group and VOMS attributes: from them those are made that are handed out.
create table framework.stored_proxy (
    id      uuid          primary key,
    vo      varchar(32)   not null,
    dn      varchar(1024) not null,                    -- of the person's certificate
    subject varchar(255)  not null,
    sealed  text          not null,                    -- private key and chain, sealed for this VO and DN
    stored  timestamptz   not null,
    expires timestamptz   not null,
    warned  integer       not null default 0,          -- days of the last warning before the end; 0: none
    unique (vo, dn)
);

create index stored_proxy_owner on framework.stored_proxy (vo, subject);
create index stored_proxy_expires on framework.stored_proxy (expires);
