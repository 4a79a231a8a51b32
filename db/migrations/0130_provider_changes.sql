-- What the cloud itself tells of changes: when, who and by what; scans alone see only that something differs.
alter table resource_changes
  add column provider_id text,           -- the cloud's id of the change; null: a scan saw it
  add column changed_by text,            -- a person's address or an application's id; null: the cloud does not say
  add column client text,                -- "Azure Portal", "ARM Template", ...
  add column operation text,             -- "microsoft.compute/virtualmachines/write"
  add column resource_type text;         -- of a resource that no scan may ever have seen
-- Told again, a change is the same change.
create unique index resource_changes_provider on resource_changes(organization_id, provider_id, (coalesce(field, '')))
  where provider_id is not null;
-- Up to when the cloud's changes are in; null: never asked.
alter table inventory_marks add column changes_until timestamptz;
