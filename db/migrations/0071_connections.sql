-- Connections that people make: with a service principal of their own, whose secret is kept encrypted, or with the
-- identity of the host. What a connection signs in as is shown; its secret is in credentials_encrypted alone, and
-- so is a second copy of tenant and client, so that nobody aims a secret elsewhere by changing a column.

alter table cloud_connections
  add column identity text check (identity in ('host', 'service_principal')),
  add column azure_cloud text check (azure_cloud in ('AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud')),
  add column tenant_id text,
  add column client_id text,
  -- Set: a person ended it. Its costs, history and proposals stay; its credentials are gone.
  add column disconnected_at timestamptz,
  add column updated_at timestamptz not null default now();
update cloud_connections set identity = 'host' where kind = 'azure';
alter table cloud_connections
  add constraint cloud_connections_secret_has_owner
    check (credentials_encrypted is null or (identity = 'service_principal' and disconnected_at is null));

-- Whether the transaction's own organization has an admin who can sign in with a password: before something real
-- is connected, which ends the demo's sign-in. The tenant's role sees no password, so it asks by this.
create function access.admin_has_password() returns boolean
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select exists (
      select from public.users u join public.sign_in_accounts a on a.user_id = u.id
      where u.organization_id = public.current_organization() and u.role = 'admin'
        and a.password is not null and not a.demo)
  $$;
grant usage, create on schema access to cloudoptima_access;
alter function access.admin_has_password() owner to cloudoptima_access;
set local role cloudoptima_access;
revoke execute on function access.admin_has_password() from public;
grant execute on function access.admin_has_password() to cloudoptima_app;
reset role;
revoke create on schema access from cloudoptima_access;
grant usage on schema access to cloudoptima_app;
