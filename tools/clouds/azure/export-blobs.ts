import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ContainerClient } from "@azure/storage-blob";
import { AppError } from "../../kernel/errors.ts";
import {
  changedMeanwhile,
  type ExportFile,
  type ExportFiles,
  type ExportPlace,
  tooLarge,
} from "../export-files.ts";
import type { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { toAppError } from "./azure-errors.ts";
import { blobClientOptions } from "./blob-client-options.ts";

const PAGE = 5_000;
const MOST_BLOBS = 100_000;
// A part has a gigabyte at most; a slow line takes its time.
const LONGEST_DOWNLOAD_MS = 30 * 60_000;

/** Where a version of a blob is, and what it must be when it is read. */
interface BlobVersion {
  name: string;
  etag: string;
  md5: Uint8Array | undefined;
}

/** Exports in a container of an Azure storage account; the origin is the chosen cloud's, never connection data. */
export function exportBlobs(endpoint: AzureEndpoint, caller: AzureCaller, place: ExportPlace): ExportFiles {
  const name = `container ${place.container} of ${place.storageAccount}`;
  const prefix = place.prefix.replace(/\/+$/, "");
  const versions = new Map<string, BlobVersion>();
  let opening: Promise<ContainerClient> | undefined;
  const client = () => {
    opening ??= openContainer(endpoint, place);
    return opening;
  };
  const call = <Result>(
    what: string,
    timeoutMs: number,
    signal: AbortSignal,
    run: (signal: AbortSignal) => Promise<Result>,
  ) =>
    caller.call({
      what,
      service: "blob storage",
      part: name,
      spend: [],
      timeoutMs,
      signal,
      run,
      toError: blobError(name),
    });
  const version = (file: ExportFile) => {
    const found = versions.get(file.path);
    if (!found) throw new AppError("internal", `${file.path} was not listed.`);
    // In an address they lead elsewhere: to another blob, even of another container.
    if (/(^|\/)\.\.?(\/|$)/.test(found.name)) {
      throw new AppError(
        "invalid_input",
        `${file.path} cannot be asked for by its name, which has . or .. in it.`,
        {
          hint: "Remove it, or name it otherwise.",
        },
      );
    }
    return found;
  };

  return {
    name,
    async list(signal) {
      const container = await client();
      const files: ExportFile[] = [];
      const followed = new Set<string>();
      let marker: string | undefined;
      do {
        const continuationToken = marker;
        const page = await call(`list the ${name}`, 60_000, signal, async (abortSignal) => {
          const options = { abortSignal, ...(prefix === "" ? {} : { prefix: `${prefix}/` }) };
          const pages = container
            .listBlobsFlat(options)
            .byPage({ maxPageSize: PAGE, ...(continuationToken ? { continuationToken } : {}) });
          const { value } = await pages.next();
          // A proxy's page to sign in has no blobs either: taken for the last page, it would make totals short.
          if (value?.containerName !== place.container) throw brokenListing(name, "something else answered");
          return value;
        });
        for (const { name: blobName, properties } of page.segment.blobItems) {
          const { etag, contentLength, lastModified, contentMD5 } = properties;
          if (!blobName.startsWith(prefix && `${prefix}/`)) {
            throw brokenListing(name, `${blobName} is not in the directory ${prefix}`);
          }
          if (!etag || contentLength === undefined || !lastModified) {
            throw brokenListing(name, `it does not tell version, size and time of ${blobName}`);
          }
          const path = prefix === "" ? blobName : blobName.slice(prefix.length + 1);
          versions.set(path, { name: blobName, etag: quoted(etag), md5: contentMD5 });
          files.push({ path, size: contentLength, modifiedAt: lastModified });
        }
        marker = page.continuationToken || undefined;
        if (files.length > MOST_BLOBS || (marker && followed.has(marker))) {
          throw new AppError(
            "unavailable",
            marker && followed.has(marker)
              ? `The ${name} sent the same page twice.`
              : `The ${name} holds more than ${MOST_BLOBS} blobs.`,
            { hint: "Name the directory of the exports, or scan again later. Nothing was loaded." },
          );
        }
        if (marker) followed.add(marker);
      } while (marker);
      return files;
    },
    async readText(file, mostBytes, signal) {
      if (file.size > mostBytes) throw tooLarge(file, mostBytes);
      // The library takes "the first 0 bytes" for "all of it".
      if (file.size === 0) return "";
      const { name: blobName, etag } = version(file);
      const container = await client();
      return call(`read ${file.path} in the ${name}`, 60_000, signal, async (abortSignal) => {
        const options = { abortSignal, conditions: { ifMatch: etag }, maxRetryRequestsPerBlock: 0 };
        const content = await container.getBlobClient(blobName).downloadToBuffer(0, file.size, options);
        return content.toString("utf8");
      });
    },
    async copy(file, target, signal) {
      const { name: blobName, etag, md5 } = version(file);
      const container = await client();
      await call(`read ${file.path} in the ${name}`, LONGEST_DOWNLOAD_MS, signal, async (abortSignal) => {
        const response = await container
          .getBlobClient(blobName)
          .download(0, undefined, { abortSignal, conditions: { ifMatch: etag }, maxRetryRequests: 0 });
        const hash = createHash("md5");
        const hashing = new Transform({
          transform(chunk, _, done) {
            hash.update(chunk);
            done(null, chunk);
          },
        });
        await pipeline(response.readableStreamBody!, hashing, createWriteStream(target, { mode: 0o600 }), {
          signal: abortSignal,
        });
        const digest = hash.digest();
        if ((await stat(target)).size !== file.size || (md5 && !digest.equals(md5))) {
          throw changedMeanwhile(file.path);
        }
      });
    },
  };
}

async function openContainer(endpoint: AzureEndpoint, place: ExportPlace): Promise<ContainerClient> {
  const { ContainerClient } = await import("@azure/storage-blob");
  const url = `${endpoint.blobs(place.storageAccount)}/${place.container}`;
  return new ContainerClient(url, endpoint.credential, blobClientOptions(endpoint));
}

function brokenListing(name: string, why: string, cause?: unknown): AppError {
  return new AppError("unavailable", `The ${name} could not be listed: ${why}.`, {
    hint: "See what stands between this server and the storage account, or scan again later. Nothing was loaded.",
    cause,
  });
}

function blobError(name: string) {
  return (error: unknown, what: string): AppError => {
    const status =
      typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : 0;
    // What the library cannot read as a listing is none.
    if (error instanceof TypeError && what.startsWith("list ")) {
      return brokenListing(name, "something else answered", error);
    }
    if (status === 412) return changedMeanwhile(pathOf(what));
    if (status === 404) {
      const isBlob = what.startsWith("read ");
      return new AppError(
        "not_found",
        isBlob ? `${pathOf(what)} is gone since it was listed.` : `There is no ${name}.`,
        {
          hint: isBlob
            ? "Scan again; nothing of it was loaded."
            : "Check the names of the storage account and the container.",
          cause: error,
        },
      );
    }
    const failure = toAppError(error, what);
    if (failure.code !== "forbidden") return failure;
    return new AppError("forbidden", `The connection's identity may not ${what}.`, {
      hint: "Give it the role Storage Blob Data Reader on the container, and let the storage account's firewall admit this server.",
      cause: error,
    });
  };
}

/** "read PATH in the container …" */
const pathOf = (what: string) => what.slice("read ".length, what.lastIndexOf(" in the "));

// Lists have them bare, headers and conditions in quotes.
const quoted = (etag: string) => (etag.startsWith('"') ? etag : `"${etag}"`);
