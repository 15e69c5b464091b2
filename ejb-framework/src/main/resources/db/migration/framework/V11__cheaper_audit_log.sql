-- Every row of the audit log pays for every index. Users and jobs are found by the user's name or the VO; only the acts of pilots and
-- of programs, who have no user's name and are few, need an index of the actor.
drop index framework.audit_actor;
create index audit_actor on framework.audit (actor, at) where username = '';
