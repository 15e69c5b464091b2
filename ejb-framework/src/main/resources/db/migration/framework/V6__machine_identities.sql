-- Tokens for storage and computing elements are signed with ES256, which those can read; our own go on with Ed25519. Of each kind
-- one key signs.
drop index framework.signing_key_one_signs;
create unique index signing_key_one_signs on framework.signing_key (algorithm) where signing;

-- Sessions of registered clients; without a client, the session is that of the public client which everybody has.
alter table framework.refresh_token
    add column client varchar(64),
    add column acting boolean not null default false;  -- whether the client acts for the user

create index refresh_token_family on framework.refresh_token (family) where client is not null and status = 'CREATED';
create index refresh_token_client on framework.refresh_token (client) where client is not null and status = 'CREATED';

-- Assertions by which clients have proved who they are: each is good once, whichever node it comes to.
create table framework.client_assertion (
    client   varchar(64) not null,
    jti_hash varchar(64) not null,                     -- SHA-256 of the id that the client gave it
    expires  timestamptz not null,
    primary key (client, jti_hash)
);

create index client_assertion_expires on framework.client_assertion (expires);

-- What the provider of their VO gave users who logged in there, so that it can be asked in their name later. Tokens are sealed.
create table framework.provider_token (
    vo             varchar(32)  not null,
    subject        varchar(255) not null,
    issuer         text         not null,              -- the provider as the configuration named it then
    scope          text         not null,              -- what it was asked for
    refresh_token  text         not null,
    access_token   text,                               -- the latest, as long as it is good
    access_expires timestamptz,
    obtained       timestamptz  not null,              -- when the user logged in
    used           timestamptz  not null,              -- when it last gave an access token
    claim          uuid,                               -- of the node that is asking the provider now
    claimed_until  timestamptz,
    primary key (vo, subject),
    check ((access_token is null) = (access_expires is null)),
    check ((claim is null) = (claimed_until is null))
);
