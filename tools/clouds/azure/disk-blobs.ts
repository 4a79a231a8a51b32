import type { BlobItem, BlobServiceClient, ContainerItem } from "@azure/storage-blob";
import { AppError } from "../../kernel/errors.ts";
import { addressOfBlob } from "../blob-address.ts";
import type { CloudResource, DiskBlob } from "../cloud.ts";
import { diskBlobId, diskBlobType } from "../disk-blob-id.ts";
import { readText } from "../read-property.ts";
import type { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { codeOf, statusOf, toAppError } from "./azure-errors.ts";
import { blobClientOptions } from "./blob-client-options.ts";

const PAGE = 5_000;
/** Azure lists block blobs and page blobs together: an account of logs may have billions. */
const MOST_BLOBS = 1_000_000;
const LONGEST_CALL_MS = 60_000;

/**
 * Which accounts can hold page blobs at all: not those for block blobs or files alone, nor those with a hierarchical
 * namespace (learn.microsoft.com: "Storage account overview"; "Known issues with Azure Data Lake Storage", unmanaged
 * disks). Premium general-purpose accounts hold nothing else.
 */
export function canHoldPageBlobs({ properties }: Pick<CloudResource, "properties">): boolean {
  const kind = readText(properties, "kind")?.toLowerCase();
  return (kind === "storage" || kind === "storagev2") && properties.isHnsEnabled !== true;
}

/** Virtual hard disks in all containers of a storage account; complete, or an error. */
export async function* readDiskBlobs(
  endpoint: AzureEndpoint,
  caller: AzureCaller,
  account: CloudResource,
  signal: AbortSignal,
): AsyncIterable<CloudResource[]> {
  if (!canHoldPageBlobs(account)) return;
  const name = account.name.toLowerCase();
  const named = readText(account.properties, "primaryEndpoints", "blob") ?? null;
  const origin = endpoint.blobOrigin(name, named);
  const { BlobServiceClient } = await import("@azure/storage-blob");
  const client = new BlobServiceClient(
    endpoint.blobs(name, named),
    endpoint.credential,
    blobClientOptions(endpoint),
  );
  const call = <Result>(what: string, run: (signal: AbortSignal) => Promise<Result>) =>
    caller.call({
      what,
      service: "blob storage",
      part: `account ${name}`,
      spend: [],
      timeoutMs: LONGEST_CALL_MS,
      signal,
      run,
      toError: listingError,
    });
  let blobCount = 0;
  for await (const containers of pages((marker) =>
    call("list the containers of storage accounts", (abortSignal) =>
      containerPage(client, abortSignal, marker),
    ),
  )) {
    for (const container of containers) {
      for await (const blobs of pages((marker) =>
        call("list the blobs of storage accounts", (abortSignal) =>
          blobPage(client, container, abortSignal, marker),
        ),
      )) {
        blobCount += blobs.length;
        if (blobCount > MOST_BLOBS) throw tooManyBlobs();
        const found = blobs.filter(isDisk);
        if (found.length > 0) yield found.map((blob) => toResource(account, origin, container, blob));
      }
    }
  }
}

interface Page<Item> {
  items: Item[];
  next: string | undefined;
}

/** Follows the markers to the end; a marker that comes again would be followed for ever. */
async function* pages<Item>(
  read: (marker: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item[]> {
  const followed = new Set<string>();
  let marker: string | undefined;
  do {
    const { items, next } = await read(marker);
    yield items;
    if (next && followed.has(next)) throw brokenListing("the same page came twice");
    if (next) followed.add(next);
    marker = next;
  } while (marker);
}

async function containerPage(
  client: BlobServiceClient,
  abortSignal: AbortSignal,
  marker: string | undefined,
): Promise<Page<string>> {
  const { value } = await client.listContainers({ abortSignal }).byPage(pageOf(marker)).next();
  // A proxy's page to sign in has no containers either: taken for an empty account, disks would be gone.
  if (!value?.serviceEndpoint) throw brokenListing("something else answered");
  return {
    items: value.containerItems.map(({ name }: ContainerItem) => name),
    next: value.continuationToken || undefined,
  };
}

async function blobPage(
  client: BlobServiceClient,
  container: string,
  abortSignal: AbortSignal,
  marker: string | undefined,
): Promise<Page<BlobItem>> {
  // Snapshots of blobs, versions and what was deleted are not asked for: only what is there can be in use.
  const { value } = await client
    .getContainerClient(container)
    .listBlobsFlat({ abortSignal, includeMetadata: true })
    .byPage(pageOf(marker))
    .next();
  if (value?.containerName !== container) throw brokenListing("something else answered");
  return { items: value.segment.blobItems, next: value.continuationToken || undefined };
}

function pageOf(continuationToken: string | undefined) {
  return { maxPageSize: PAGE, ...(continuationToken ? { continuationToken } : {}) };
}

/** A page blob that says it is a disk: by its name, or by what a machine wrote on it. */
function isDisk({ name, properties, metadata }: BlobItem): boolean {
  if (properties.blobType !== "PageBlob") return false;
  return (
    /\.vhd$/i.test(name) || Object.keys(metadata ?? {}).some((key) => /^microsoftazurecompute_/i.test(key))
  );
}

function toResource(
  account: CloudResource,
  origin: string,
  container: string,
  { name, properties, metadata }: BlobItem,
): CloudResource {
  if (properties.contentLength === undefined || !properties.leaseState) {
    throw brokenListing("it does not tell size and lease of a blob");
  }
  const disk: DiskBlob = {
    account: account.name,
    container,
    blob: name,
    address: addressOfBlob(origin, container, name),
    sizeBytes: properties.contentLength,
    leaseStatus: properties.leaseStatus ?? null,
    leaseState: properties.leaseState,
    tier: properties.accessTier ?? null,
    createdTime: properties.createdOn?.toISOString() ?? null,
    lastModified: properties.lastModified?.toISOString() ?? null,
    metadata: Object.fromEntries(
      Object.entries(metadata ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
    ),
  };
  return {
    provider: "azure",
    id: diskBlobId(account.id, container, name),
    type: diskBlobType,
    name: name.split("/").at(-1) || name,
    subscriptionId: account.subscriptionId,
    resourceGroup: account.resourceGroup,
    region: account.region,
    tags: account.tags,
    properties: { ...disk, sku: account.properties.sku ?? null, kind: account.properties.kind ?? null },
    // While a lease is breaking it still holds.
    status: /^(leased|breaking)$/.test(properties.leaseState) ? "leased" : "unleased",
  };
}

function tooManyBlobs(): AppError {
  return new AppError(
    "unsupported",
    `Storage accounts with more than ${MOST_BLOBS.toLocaleString("en-US")} blobs are not looked through.`,
    { hint: "Look there for unmanaged disks by hand: page blobs whose lease state is available." },
  );
}

function brokenListing(why: string, cause?: unknown): AppError {
  return new AppError("unavailable", `The blobs of storage accounts could not be listed: ${why}.`, {
    hint: "See what stands between this server and the storage accounts, or scan again later. What was known of their disks is kept.",
    cause,
  });
}

/** The name of the account is left out, so that accounts that fail alike are told together. */
function listingError(error: unknown, what: string): AppError {
  // What the library cannot read as a listing is none.
  if (error instanceof TypeError) return brokenListing("something else answered", error);
  const status = statusOf(error);
  if (status === 403) {
    // Azure's two words for it: the role is missing, or the network is refused (also where keys alone are let in).
    const details = { status, azureCode: codeOf(error) || null };
    // Azure's two words for it: the role is missing; or the network is refused, or keys alone are let in.
    if (details.azureCode === "AuthorizationPermissionMismatch") {
      return new AppError("forbidden", `The connection's identity may not ${what}, for unmanaged disks.`, {
        hint: "Give it the role Storage Blob Data Reader on the storage accounts, or on their subscription.",
        cause: error,
        details,
      });
    }
    return new AppError("forbidden", `Storage accounts did not let us ${what}, for unmanaged disks.`, {
      hint: "Let their firewall admit this server, or give it a private endpoint; the role Storage Blob Data Reader is needed, too.",
      cause: error,
      details,
    });
  }
  const code = codeOf(error);
  if (status === 404 || code === "ENOTFOUND") {
    return new AppError(
      "not_found",
      "Storage accounts or containers were gone when their blobs were listed.",
      {
        hint: "Scan again; what was known of their disks is kept until then.",
        cause: error,
      },
    );
  }
  return toAppError(error, what);
}
