import type { TokenCredential } from "@azure/core-auth";
import type { AzureIdentity } from "../env.ts";
import { azureClouds } from "./azure-clouds.ts";

/** The identity for a real Azure cloud: a service principal, else what the host has (managed identity, az login). */
export async function azureCredential(settings: AzureIdentity): Promise<TokenCredential> {
  const { ClientSecretCredential, DefaultAzureCredential } = await import("@azure/identity");
  const authorityHost = azureClouds[settings.cloud].authority;
  const principal = settings.servicePrincipal;
  return principal
    ? new ClientSecretCredential(principal.tenantId, principal.clientId, principal.clientSecret, {
        authorityHost,
      })
    : new DefaultAzureCredential({ authorityHost });
}

/** A credential for a server that signs in and answers at one origin with a certificate of its own. */
export async function sandboxCredential(
  origin: string,
  ca: string,
  principal: { tenantId: string; clientId: string; clientSecret: string },
): Promise<TokenCredential> {
  const { ClientSecretCredential } = await import("@azure/identity");
  return new ClientSecretCredential(principal.tenantId, principal.clientId, principal.clientSecret, {
    authorityHost: origin,
    disableInstanceDiscovery: true,
    tlsOptions: { ca },
    retryOptions: { maxRetries: 1 },
  });
}
