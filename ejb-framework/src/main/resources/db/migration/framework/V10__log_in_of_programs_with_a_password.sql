-- Wrong passwords are counted for log-ins of programs in a browser, too: those are known by a UUID, not by a code.
alter table framework.sign_in_failure alter column user_code type varchar(36);
