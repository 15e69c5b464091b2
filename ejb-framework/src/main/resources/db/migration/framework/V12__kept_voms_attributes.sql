-- What VOMS servers said of the people whose proxies are stored, so that not every delivery asks them. Gone with the stored proxy.
create table framework.kept_attributes (
    id       uuid         primary key,
    proxy    uuid         not null references framework.stored_proxy (id) on delete cascade,
    fqan     varchar(255) not null,
    sealed   text         not null,                    -- the attribute certificate, sealed for this proxy and attribute
    obtained timestamptz  not null,
    expires  timestamptz  not null,
    used     boolean      not null default false,      -- by a later delivery; others are not renewed
    unique (proxy, fqan)
);

create index kept_attributes_expires on framework.kept_attributes (expires);
