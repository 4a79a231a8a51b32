import type { Resource } from "../tenant/tenant-schema.ts";
import { AzureError } from "./azure-error.ts";
import type { Sandbox } from "./context.ts";

const READ = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";

/** Refuses what the identity may not read of an account's blobs, in Azure's words. */
export function guardBlobs(sandbox: Sandbox, accountId: string): void {
  if (sandbox.estate.permissions.allow(accountId, READ)) return;
  throw new AzureError(
    403,
    "AuthorizationPermissionMismatch",
    "This request is not authorized to perform this operation using this permission.",
  );
}

/**
 * The account's firewall. The sandbox's caller stands in every virtual network that has a private endpoint to an
 * account, so closed accounts with one let it in.
 */
export function guardFirewall({ properties }: Resource): void {
  const { publicNetworkAccess, networkAcls, privateEndpointConnections } = properties;
  const closed =
    /^disabled$/i.test(String(publicNetworkAccess)) ||
    /^deny$/i.test(String((networkAcls as { defaultAction?: unknown } | undefined)?.defaultAction));
  const isPrivate = Array.isArray(privateEndpointConnections) && privateEndpointConnections.length > 0;
  if (!closed || isPrivate) return;
  throw new AzureError(
    403,
    "AuthorizationFailure",
    "This request is not authorized to perform this operation.",
  );
}
