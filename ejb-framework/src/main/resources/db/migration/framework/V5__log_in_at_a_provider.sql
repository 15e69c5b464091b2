-- People whom a log-in has sent to the OpenID provider of their VO. A row is deleted by the one who comes back.
create table framework.provider_visit (
    state_hash   varchar(64)  primary key,             -- SHA-256 of the state that goes to the provider and back
    browser_hash varchar(64)  not null,                -- SHA-256 of the key that lies in the browser's cookie
    vo           varchar(32)  not null,
    issuer       text         not null,                -- the provider as the configuration named it then
    user_code    varchar(8),                           -- of the device flow
    flow         uuid,                                 -- of the authorization code flow
    expires      timestamptz  not null,
    check ((user_code is null) <> (flow is null))
);

create index provider_visit_expires on framework.provider_visit (expires);

-- Log-ins of programs in browsers by the authorization code flow. The code is a secret and only its SHA-256 is kept.
create table framework.authorization_flow (
    id             uuid         primary key,
    client_id      varchar(255) not null,
    redirect_uri   text         not null,
    scope          text         not null,
    code_challenge varchar(128) not null,
    client_state   text         not null,              -- handed back as it is
    status         varchar(16)  not null check (status in ('PENDING', 'APPROVED', 'DONE')),
    subject        varchar(255),                       -- who logged in
    code_hash      varchar(64)  unique,
    expires        timestamptz  not null               -- of the log-in, then of the code
);

create index authorization_flow_expires on framework.authorization_flow (expires);
