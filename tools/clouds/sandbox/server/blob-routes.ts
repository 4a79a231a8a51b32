import type { Hono } from "hono";
import { type Blob, costExports, type ExportSet } from "../cost/cost-exports.ts";
import { AzureError, badRequest } from "./azure-error.ts";
import { xml, xmlText } from "./blob-xml.ts";
import { type Env, originalPath, type Sandbox } from "./context.ts";
import { guardBlobs } from "./guard-blobs.ts";

/** Where the estate's exports lie. */
export const exportPlace = { storageAccount: "costexports", container: "exports", prefix: "costs" };

const root = `/blobs/${exportPlace.storageAccount}/${exportPlace.container}`;

/** List Blobs and Get Blob of the one container with the estate's own cost exports, when it writes any. */
export function addBlobRoutes(app: Hono<Env>, sandbox: Sandbox, set: ExportSet | undefined): void {
  let written: { key: string; blobs: Blob[] } | undefined;
  const blobs = (): Blob[] => {
    if (!set) throw new AzureError(404, "ContainerNotFound", "The specified container does not exist.");
    const { last } = sandbox.ledger.window();
    const key = `${last} ${sandbox.estate.version}`;
    if (written?.key !== key) written = { key, blobs: costExports(sandbox.estate, sandbox.ledger, set) };
    return written.blobs;
  };
  const authorize = () => {
    const [first] = sandbox.estate.tenant.subscriptions;
    const account = `/subscriptions/${first!.id}/resourceGroups/costs/providers/Microsoft.Storage/storageAccounts/${exportPlace.storageAccount}`;
    guardBlobs(sandbox, account);
  };

  app.get(root, (c) => {
    authorize();
    if (c.req.query("comp") !== "list")
      throw badRequest("Only comp=list is served.", "InvalidQueryParameterValue");
    const prefix = c.req.query("prefix") ?? "";
    const size = Math.min(Number(c.req.query("maxresults") ?? 5000), 5000);
    const marker = c.req.query("marker") ?? "";
    const found = blobs().filter(({ name }) => name.startsWith(prefix) && name >= marker);
    const page = found.slice(0, size);
    return xml(c, listing(prefix, page, found[size]?.name ?? ""));
  });

  app.get(`${root}/:name{.+}`, (c) => {
    authorize();
    const name = originalPath(c.req.raw).slice(root.length + 1);
    const blob = blobs().find((candidate) => candidate.name === name);
    if (!blob) throw new AzureError(404, "BlobNotFound", "The specified blob does not exist.");
    const wanted = c.req.header("if-match");
    if (wanted && wanted !== blob.etag) {
      throw new AzureError(
        412,
        "ConditionNotMet",
        "The condition specified using HTTP conditional header(s) is not met.",
      );
    }
    c.header("ETag", blob.etag);
    c.header("Last-Modified", blob.modifiedAt.toUTCString());
    c.header("Content-Type", "application/octet-stream");
    c.header("x-ms-blob-type", "BlockBlob");
    c.header("Accept-Ranges", "bytes");
    const range = /^bytes=(\d+)-(\d*)$/.exec(c.req.header("x-ms-range") ?? c.req.header("range") ?? "");
    if (!range) {
      c.header("Content-MD5", blob.md5);
      return c.body(new Uint8Array(blob.content));
    }
    const from = Number(range[1]);
    const to = Math.min(range[2] ? Number(range[2]) : Infinity, blob.content.length - 1);
    if (from > to) throw new AzureError(416, "InvalidRange", "The range specified is invalid.");
    c.header("Content-Range", `bytes ${from}-${to}/${blob.content.length}`);
    return c.body(new Uint8Array(blob.content.subarray(from, to + 1)), 206);
  });
}

function listing(prefix: string, blobs: readonly Blob[], next: string): string {
  const items = blobs.map(
    ({ name, content, modifiedAt, etag, md5 }) =>
      `<Blob><Name>${xmlText(name)}</Name><Properties><Last-Modified>${modifiedAt.toUTCString()}</Last-Modified><Etag>${xmlText(etag.replaceAll('"', ""))}</Etag><Content-Length>${content.length}</Content-Length><Content-Type>application/octet-stream</Content-Type><Content-MD5>${md5}</Content-MD5><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState></Properties></Blob>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://${exportPlace.storageAccount}.blob.core.windows.net/" ContainerName="${exportPlace.container}"><Prefix>${xmlText(prefix)}</Prefix><Blobs>${items.join("")}</Blobs><NextMarker>${xmlText(next)}</NextMarker></EnumerationResults>`;
}
