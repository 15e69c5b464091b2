-- Sessions begun by a certificate end when that does, however often their tokens are refreshed.
alter table framework.refresh_token
    add column session_ends timestamptz;
