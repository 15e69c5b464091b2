-- A refresh token that a DIRAC 8 or 9 server got for somebody it knows. Many processes hold copies of it, so it is not rotated.
alter table framework.refresh_token add column legacy boolean not null default false;
