import type { Hono } from "hono";
import type { StoredBlob } from "../tenant/blob-schema.ts";
import { stableUuid } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import { element, xml, xmlText } from "./blob-xml.ts";
import type { Env, Sandbox, SandboxContext } from "./context.ts";
import { guardBlobs, guardFirewall } from "./guard-blobs.ts";

const type = "microsoft.storage/storageaccounts";
const mostOfPage = 5000;

/** List Containers and List Blobs (flat) of the estate's storage accounts. */
export function addStoredBlobRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  const { tenant } = sandbox.estate;
  const byAccount = Map.groupBy(tenant.blobs, ({ accountId }) => accountId.toLowerCase());
  const accounts = new Map<string, string>();
  for (const { id, name, type: of } of tenant.resources) {
    if (of.toLowerCase() === type) accounts.set(name.toLowerCase(), id);
  }
  /** As it is now; an account that was deleted has no host any more. */
  const open = (name: string): Resource => {
    const account = sandbox.estate.resource(accounts.get(name) ?? "");
    if (!account) throw new AzureError(404, "ResourceNotFound", "The specified resource does not exist.");
    guardFirewall(account);
    guardBlobs(sandbox, account.id);
    return account;
  };
  const blobsOf = (account: Resource) => byAccount.get(account.id.toLowerCase()) ?? [];

  const listContainers = (c: SandboxContext) => {
    const account = open(c.req.param("account") ?? "");
    if (c.req.query("comp") !== "list") throw onlyLists();
    const names = [...new Set(blobsOf(account).map(({ container }) => container))].sort();
    return xml(
      c,
      listing(c, account, "Containers", names, (name) => name, containerXml),
    );
  };
  app.get("/blobs/:account", listContainers);
  app.get("/blobs/:account/", listContainers);

  app.get("/blobs/:account/:container", (c) => {
    const account = open(c.req.param("account"));
    if (c.req.query("comp") !== "list") throw onlyLists();
    const container = c.req.param("container");
    const own = blobsOf(account).filter((blob) => blob.container === container);
    if (own.length === 0) {
      throw new AzureError(404, "ContainerNotFound", "The specified container does not exist.");
    }
    const include = new Set((c.req.query("include") ?? "").split(","));
    const entries = own
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((blob): { blob: StoredBlob; snapshot?: string }[] => [
        ...(include.has("snapshots") ? blob.snapshots.map((snapshot) => ({ blob, snapshot })) : []),
        { blob },
      ]);
    return xml(
      c,
      listing(
        c,
        account,
        "Blobs",
        entries,
        ({ blob }) => blob.name,
        ({ blob, snapshot }) => blobXml(blob, snapshot, include.has("metadata")),
        container,
      ),
    );
  });
}

/** One page; its marker is the place of the next entry, which callers take as it is. */
function listing<Entry>(
  c: SandboxContext,
  account: Resource,
  list: "Containers" | "Blobs",
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
  toXml: (entry: Entry) => string,
  container?: string,
): string {
  const prefix = c.req.query("prefix") ?? "";
  const wanted = entries.filter((entry) => nameOf(entry).startsWith(prefix));
  const size = Math.min(Number(c.req.query("maxresults") ?? mostOfPage), mostOfPage);
  const marker = c.req.query("marker");
  const from = marker ? Number(Buffer.from(marker, "base64url").toString()) : 0;
  if (!Number.isInteger(from)) throw badRequest("The marker is not one of ours.", "OutOfRangeInput");
  const next = from + size < wanted.length ? Buffer.from(String(from + size)).toString("base64url") : "";
  const at = `ServiceEndpoint="https://${account.name.toLowerCase()}.blob.core.windows.net/"`;
  const of = container === undefined ? "" : ` ContainerName="${xmlText(container)}"`;
  const items = wanted.slice(from, from + size).map(toXml);
  return `<EnumerationResults ${at}${of}>${element("Prefix", prefix)}${element("Marker", marker)}${element("MaxResults", size)}<${list}>${items.join("")}</${list}>${element("NextMarker", next)}</EnumerationResults>`;
}

function containerXml(name: string): string {
  return `<Container>${element("Name", name)}<Properties><Last-Modified>Mon, 11 Mar 2024 09:24:17 GMT</Last-Modified>${element("Etag", `"0x${stableUuid(name).slice(0, 8)}"`)}<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><DefaultEncryptionScope>$account-encryption-key</DefaultEncryptionScope><DenyEncryptionScopeOverride>false</DenyEncryptionScopeOverride><HasImmutabilityPolicy>false</HasImmutabilityPolicy><HasLegalHold>false</HasLegalHold></Properties></Container>`;
}

function blobXml(blob: StoredBlob, snapshot: string | undefined, withMetadata: boolean): string {
  const time = (day: string) => new Date(`${day}T04:05:06Z`).toUTCString();
  const isLeased = snapshot === undefined && (blob.lease === "leased" || blob.lease === "breaking");
  const properties = [
    element("Creation-Time", time(blob.created)),
    element("Last-Modified", time(blob.lastModified)),
    element("Etag", `0x${stableUuid(blob.accountId, blob.container, blob.name).slice(0, 13)}`),
    element("Content-Length", blob.sizeBytes),
    element("Content-Type", "application/octet-stream"),
    ...(blob.type === "PageBlob" ? [element("x-ms-blob-sequence-number", 0)] : []),
    element("BlobType", blob.type),
    element("AccessTier", blob.tier),
    ...(snapshot === undefined
      ? [
          element("LeaseStatus", isLeased ? "locked" : "unlocked"),
          element("LeaseState", blob.lease),
          element("LeaseDuration", isLeased ? "infinite" : undefined),
        ]
      : []),
    element("ServerEncrypted", "true"),
  ];
  const metadata = Object.entries(blob.metadata).map(([key, value]) => element(key, value));
  return `<Blob>${element("Name", blob.name)}${element("Snapshot", snapshot && `${snapshot}T04:05:06.0000000Z`)}<Properties>${properties.join("")}</Properties>${withMetadata ? `<Metadata>${metadata.join("")}</Metadata>` : ""}</Blob>`;
}

function onlyLists(): AzureError {
  return badRequest("Only comp=list is served.", "InvalidQueryParameterValue");
}
