-- Secrets are sealed with a key that is not in the database. Whoever cannot open this text has another one.
create table framework.sealing_probe (
    single boolean primary key default true check (single),
    sealed text    not null
);

-- A key is first published, so that every node knows it; then it signs, one at a time; then it verifies until the last token that
-- it signed has expired. Keys from before this migration are sealed when the first node starts.
alter table framework.signing_key
    add column activated   timestamptz,                -- when it began to sign
    add column retired     timestamptz,                -- when another took over
    add column last_expiry timestamptz not null default 'epoch'; -- no token that it signed lives longer

update framework.signing_key
    set activated = created,
        last_expiry = greatest(now() + interval '30 days',
            (select coalesce(max(expires), 'epoch') from framework.refresh_token));
