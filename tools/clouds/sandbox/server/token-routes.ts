import type { Hono } from "hono";
import type { Env, Sandbox } from "./context.ts";

/** Entra ID: discovery documents and the client-credentials grant. */
export function addTokenRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const unknownTenant = failure("invalid_tenant", "AADSTS90002: Tenant not found.", 90002);
  const knows = (tenant: string) => tenant === sandbox.credentials.tenantId.toLowerCase();

  app.get("/:tenant/v2.0/.well-known/openid-configuration", (c) => {
    if (!knows(c.req.param("tenant"))) return c.json(unknownTenant, 400);
    const base = `${sandbox.origin()}/${c.req.param("tenant")}`;
    return c.json({
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ["query", "fragment", "form_post"],
      response_types_supported: ["code"],
      scopes_supported: ["openid"],
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      tenant_region_scope: "WW",
      cloud_instance_name: "microsoftonline.com",
    });
  });

  app.get("/common/discovery/instance", (c) => {
    const host = new URL(sandbox.origin()).host;
    return c.json({
      tenant_discovery_endpoint: `${sandbox.origin()}/${sandbox.credentials.tenantId}/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  });

  app.post("/:tenant/oauth2/v2.0/token", async (c) => {
    const form = await c.req.parseBody();
    const { clientId, clientSecret, secretExpired } = sandbox.credentials;
    if (!knows(c.req.param("tenant"))) return c.json(unknownTenant, 400);
    if (form.grant_type !== "client_credentials") {
      return c.json(
        failure("unsupported_grant_type", "AADSTS70003: The grant type is not supported.", 70003),
        400,
      );
    }
    if (form.client_id !== clientId) {
      return c.json(
        failure("unauthorized_client", "AADSTS700016: Application was not found in the directory.", 700016),
        400,
      );
    }
    if (form.client_secret !== clientSecret) {
      return c.json(
        failure("invalid_client", "AADSTS7000215: Invalid client secret provided.", 7000215),
        401,
      );
    }
    if (secretExpired) {
      return c.json(
        failure("invalid_client", "AADSTS7000222: The provided client secret keys are expired.", 7000222),
        401,
      );
    }
    const scope = String(form.scope ?? "")
      .split(" ")
      .find((part) => part.endsWith("/.default"));
    if (!scope) {
      return c.json(
        failure("invalid_scope", "AADSTS1002012: The scope must end in /.default.", 1002012),
        400,
      );
    }
    const { token, expiresInSeconds } = sandbox.tokens.issue(scope);
    return c.json({
      token_type: "Bearer",
      expires_in: expiresInSeconds,
      ext_expires_in: expiresInSeconds,
      access_token: token,
    });
  });
}

function failure(error: string, description: string, code: number) {
  return { error, error_description: description, error_codes: [code], timestamp: new Date().toISOString() };
}
