-- Configuration, identity, agents: what every other module stands on. Schema framework; no key leaves it.

-- Every revision of the configuration document stays; the one with the highest number is in force.
create table framework.configuration_revision (
    revision    bigint       primary key check (revision > 0),
    document    text         not null,                 -- JSON as it was written: the order of sections is kept
    author      varchar(255) not null,
    message     text         not null,
    created     timestamptz  not null
);

-- Keys that sign our tokens. Exactly one signs, older ones only verify until the last token they signed has expired.
create table framework.signing_key (
    kid         varchar(32)  primary key,              -- UUIDv7 without hyphens
    algorithm   varchar(32)  not null,
    private_jwk text         not null,
    signing     boolean      not null,
    created     timestamptz  not null
);

create unique index signing_key_one_signs on framework.signing_key (signing) where signing;

-- Log-ins by the OAuth2 device flow. The device code itself is a secret and only its SHA-256 is kept.
create table framework.device_flow (
    user_code        varchar(8)   primary key,
    device_code_hash bytea        not null unique,
    client_id        varchar(255) not null,
    scope            text         not null,
    status           varchar(16)  not null check (status in ('PENDING', 'APPROVED', 'REFUSED', 'DONE')),
    vo               varchar(32)  not null,
    subject          varchar(255),                     -- who approved
    created          timestamptz  not null,
    expires          timestamptz  not null
);

create index device_flow_expires on framework.device_flow (expires);

-- Refresh tokens of users and pilots. All that follow from one log-in are a family.
create table framework.refresh_token (
    jti          uuid         primary key,
    family       uuid         not null,
    kind         varchar(8)   not null check (kind in ('USER', 'PILOT')),
    vo           varchar(32)  not null,
    subject      varchar(255) not null,                -- of a user the identity provider's, of a pilot its stamp
    scope        text         not null,
    status       varchar(16)  not null check (status in ('CREATED', 'REVOKED')),
    issued       timestamptz  not null,
    expires      timestamptz  not null
);

create index refresh_token_subject on framework.refresh_token (vo, subject) where status = 'CREATED';
create index refresh_token_expires on framework.refresh_token (expires);

-- People who log in with a password kept here; off unless the installation asks for it.
create table framework.local_account (
    vo            varchar(32)  not null,
    username      varchar(64)  not null,
    password_hash varchar(72)  not null,               -- bcrypt, with its cost and salt
    created       timestamptz  not null,
    primary key (vo, username)
);

-- Wrong passwords, one row per account and log-in; read to slow down guessing.
create table framework.sign_in_failure (
    vo          varchar(32)  not null,
    username    varchar(64)  not null,
    user_code   varchar(8)   not null,
    failures    integer      not null,
    last        timestamptz  not null,
    primary key (vo, username, user_code)
);

create index sign_in_failure_last on framework.sign_in_failure (last);

-- One row per agent: who runs its cycle now (fence rises with every cycle), when the next is due, how the last went.
create table framework.agent_lease (
    name          varchar(64)  primary key,
    owner         varchar(255),
    fence         bigint       not null default 0,
    expires       timestamptz,                         -- null: nobody runs it
    next_due      timestamptz  not null default '-infinity',
    last_owner    varchar(255),
    last_started  timestamptz,
    last_finished timestamptz,
    last_taken    integer,
    last_done     integer,
    last_failed   integer,
    last_error    text
);

-- What a request with an Idempotency-Key made, stored in the transaction of the effect.
create table framework.idempotency (
    caller       varchar(512) not null,
    route        varchar(128) not null,
    key          varchar(255) not null,
    request_hash bytea        not null,
    ids          text         not null,                -- in order, runs of ascending ids as first-last
    created      timestamptz  not null,
    primary key (caller, route, key)
);

create index idempotency_created on framework.idempotency (created);
