import { z } from "zod";
import { AppError } from "../kernel/errors.ts";
import { type AzureCloudName, azureClouds } from "./azure/azure-clouds.ts";

const names = Object.keys(azureClouds) as [AzureCloudName, ...AzureCloudName[]];

const AzureEnv = z.object({
  AZURE_CLOUD: z.enum(names, { error: `must be one of ${names.join(", ")}` }).default("AzureCloud"),
  AZURE_TENANT_ID: z.string().optional(),
  AZURE_CLIENT_ID: z.string().optional(),
  AZURE_CLIENT_SECRET: z.string().optional(),
  CLOUDOPTIMA_AZURE_ORGANIZATION: z.string().default("My organization"),
});

/** In which Azure cloud to sign in, and as whom. */
export interface AzureIdentity {
  cloud: AzureCloudName;
  /** A service principal, or null for the identity that the host has (managed identity, az login, …). */
  servicePrincipal: { tenantId: string; clientId: string; clientSecret: string } | null;
}

export interface AzureSettings extends AzureIdentity {
  /** The only organization that may use this identity: on a shared host it belongs to nobody else. */
  organizationName: string;
}

/** Reads how to reach Azure from the environment; a wrong value throws one sentence that says how to mend it. */
export function readAzureEnv(environment: NodeJS.ProcessEnv = process.env): AzureSettings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = AzureEnv.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError("invalid_input", `The environment variable ${issue.path.join(".")} ${issue.message}.`);
  }
  const {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
  } = parsed.data;
  if (clientSecret && !(tenantId && clientId)) {
    throw new AppError(
      "invalid_input",
      "The environment variable AZURE_CLIENT_SECRET needs AZURE_TENANT_ID and AZURE_CLIENT_ID beside it.",
    );
  }
  return {
    cloud: parsed.data.AZURE_CLOUD,
    servicePrincipal: tenantId && clientId && clientSecret ? { tenantId, clientId, clientSecret } : null,
    organizationName: parsed.data.CLOUDOPTIMA_AZURE_ORGANIZATION,
  };
}
