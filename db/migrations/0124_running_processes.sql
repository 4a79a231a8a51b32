-- Which process makes it (tools/kernel/running-process.ts): where that is known to have ended, nobody waits for its silence.
alter table analyses add column runner jsonb;
alter table reports add column runner jsonb;
