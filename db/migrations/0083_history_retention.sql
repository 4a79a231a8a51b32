-- What is past its time is found without reading the rest: changes and scans come in by time, so their blocks are by time.
create index resource_changes_time on resource_changes using brin(changed_at) with (autosummarize = on);
create index scans_started on scans(organization_id, started_at);
