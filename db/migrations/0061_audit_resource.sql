-- The rows about one thing: whether a decision was audited is looked up by it.
create index audit_log_resource on audit_log(organization_id, resource_id) where resource_id is not null;
