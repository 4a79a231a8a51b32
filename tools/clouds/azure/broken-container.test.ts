import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findExports } from "../../costs/exports/find-exports.ts";
import { AppError } from "../../kernel/errors.ts";
import { createCertificate } from "../sandbox/server/certificate.ts";
import { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { exportBlobs } from "./export-blobs.ts";
import { virtualPace } from "./testing.ts";

const place = { storageAccount: "costs1", container: "exports", prefix: "costs" };
const { signal } = new AbortController();
const clock = {
  signal,
  now: () => Temporal.Instant.from("2026-11-20T12:00:00Z"),
  realNow: () => new Date("2026-11-20T12:00:00Z"),
};

/** A container as a proxy, a lifecycle rule or a half-done write may leave it; `answer` spoils what is sent. */
describe("a container that misbehaves", () => {
  let server: Server;
  let ca: string;
  let directory: string;
  let blobs: Map<string, string>;
  let pageSize: number;
  /** True: it has answered. */
  let answer: (path: string, query: URLSearchParams, response: ServerResponse) => boolean;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "co-broken-"));
    const { key, cert } = await createCertificate();
    ca = cert;
    server = createServer({ key, cert }, (request, response) => {
      const { pathname, searchParams } = new URL(request.url!, "https://localhost");
      const name = decodeURIComponent(pathname).replace("/exports/", "");
      if (answer(name, searchParams, response)) return;
      if (searchParams.get("comp") === "list") {
        const marker = searchParams.get("marker") ?? "";
        const names = [...blobs.keys()].sort().filter((one) => one >= marker);
        const body = listing(names.slice(0, pageSize).map(item), names[pageSize] ?? "");
        response.writeHead(200, { "Content-Type": "application/xml" }).end(body);
        return;
      }
      const content = blobs.get(name);
      if (content === undefined) {
        response.writeHead(404, { "x-ms-error-code": "BlobNotFound" }).end();
        return;
      }
      if (request.headers["if-match"] !== etagOf(content)) {
        response.writeHead(412, { "x-ms-error-code": "ConditionNotMet" }).end();
        return;
      }
      response.writeHead(200, { ETag: etagOf(content), "Content-Length": Buffer.byteLength(content) });
      response.end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  });
  beforeEach(() => {
    blobs = new Map();
    pageSize = 5_000;
    answer = () => false;
  });

  const etagOf = (content: string) => `"${createHash("md5").update(content).digest("hex")}"`;
  const xmlText = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  function item(name: string): string {
    const content = blobs.get(name) ?? "";
    return `<Blob><Name>${xmlText(name)}</Name><Properties><Last-Modified>Sun, 01 Nov 2026 05:00:00 GMT</Last-Modified><Etag>${etagOf(content).replaceAll('"', "")}</Etag><Content-Length>${Buffer.byteLength(content)}</Content-Length></Properties></Blob>`;
  }
  const listing = (items: readonly string[], next: string) =>
    `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://costs1.blob.core.windows.net/" ContainerName="exports"><Blobs>${items.join("")}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`;

  function container() {
    const endpoint = {
      blobs: () => `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credential: { getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) },
      ca,
      pace: virtualPace(),
      longestWaitMs: 60_000,
    } as unknown as AzureEndpoint;
    return exportBlobs(endpoint, new AzureCaller(endpoint), place);
  }

  /** One run of FOCUS cost of a month. */
  function addRun(month: string, run: string, submitted: string, scope = "/subscriptions/s"): string {
    const days = { "10": "31", "09": "30" }[month]!;
    const folder = `costs/focus/2026${month}01-2026${month}${days}/${run}`;
    const part = `BilledCost\n${run}\n`;
    blobs.set(`${folder}/part_0_0001.csv`, part);
    blobs.set(
      `${folder}/manifest.json`,
      JSON.stringify({
        exportConfig: {
          exportName: "focus",
          resourceId: `${scope}/providers/Microsoft.CostManagement/exports/focus`,
          type: "FocusCost",
        },
        runInfo: { runId: run, submittedTime: submitted },
        blobs: [{ blobName: `${folder}/part_0_0001.csv`, byteCount: part.length, dataRowCount: 1 }],
      }),
    );
    return folder;
  }
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => "it went well",
      (error: unknown) => AppError.from(error),
    );

  it("is never taken for an empty or shorter one where a proxy answers in its place", async () => {
    addRun("10", "r1", "2026-11-01T04:00:00Z");
    addRun("10", "r2", "2026-11-02T04:00:00Z");
    pageSize = 2;
    const impostors: [type: string, body: string][] = [
      ["text/html", "<html><body>Please sign in</body></html>"],
      ["application/json", '{"error":"sign in"}'],
      ["application/xml", ""],
      ["application/xml", "<EnumerationResults><Blobs><Blob>"],
      ["application/xml", '<?xml version="1.0"?><Other/>'],
      ["application/xml", listing([], "").replace("exports", "another")],
    ];
    for (const pageOf of ["first", "second"]) {
      for (const [type, body] of impostors) {
        answer = (_, query, response) => {
          if ((query.get("marker") === null) !== (pageOf === "first")) return false;
          response.writeHead(200, { "Content-Type": type }).end(body);
          return true;
        };
        const failure = await failureOf(container().list(signal));
        expect({ pageOf, body, failure }).toMatchObject({ failure: { code: "unavailable" } });
      }
    }
  });

  it("fails as a whole where its second page fails, may not be read, or ends in the middle", async () => {
    addRun("10", "r1", "2026-11-01T04:00:00Z");
    addRun("10", "r2", "2026-11-02T04:00:00Z");
    pageSize = 2;
    const failures: [code: string, spoil: (response: ServerResponse) => void][] = [
      ["forbidden", (response) => void response.writeHead(403).end()],
      ["unavailable", (response) => void response.writeHead(500).end()],
      ["not_found", (response) => void response.writeHead(404).end()],
      [
        "unavailable",
        (response) => {
          const body = listing([...blobs.keys()].map(item), "");
          response.writeHead(200, { "Content-Type": "application/xml", "Content-Length": body.length });
          response.write(body.slice(0, 400));
          setTimeout(() => response.destroy(), 20);
        },
      ],
    ];
    for (const [code, spoil] of failures) {
      answer = (_, query, response) => {
        if (query.get("marker") === null) return false;
        spoil(response);
        return true;
      };
      expect(await failureOf(container().list(signal))).toMatchObject({ code });
    }
  });

  it("says what a listing lacks, and what of it lies elsewhere", async () => {
    addRun("10", "r1", "2026-11-01T04:00:00Z");
    const spoilt: ((text: string) => string)[] = [
      (text) => text.replace(/<Etag>.*?<\/Etag>/, ""),
      (text) => text.replace(/<Last-Modified>.*?<\/Last-Modified>/, ""),
      (text) => text.replace(/<Content-Length>.*?<\/Content-Length>/, ""),
      (text) => text.replace(/<Name>costs/, "<Name>other"),
    ];
    for (const spoil of spoilt) {
      answer = (_, query, response) => {
        if (query.get("comp") !== "list") return false;
        const body = listing([...blobs.keys()].map(item), "");
        response.writeHead(200, { "Content-Type": "application/xml" }).end(spoil(body));
        return true;
      };
      expect(await failureOf(container().list(signal))).toMatchObject({ code: "unavailable" });
    }
  });

  it("keeps other months readable where one run's manifest is empty, gone, or changed since it was listed", async () => {
    const spoilt: [why: RegExp, spoil: (path: string) => void][] = [
      [/it is not JSON/, (path) => blobs.set(path, "")],
      [/gone/, (path) => blobs.delete(path)],
      [/changed while it was read/, (path) => blobs.set(path, `${blobs.get(path)} `)],
    ];
    for (const [why, spoil] of spoilt) {
      blobs = new Map();
      addRun("09", "r1", "2026-10-01T04:00:00Z");
      addRun("10", "older", "2026-11-01T04:00:00Z");
      const path = `${addRun("10", "newer", "2026-11-02T04:00:00Z")}/manifest.json`;
      if (why.source === "it is not JSON") spoil(path);
      const files = container();
      answer = (name, query) => {
        // After it was listed, before it is read.
        if (query.get("comp") !== "list" && name === path) spoil(path);
        return false;
      };
      const found = await findExports(files, clock);
      expect(found.map(({ month }) => month)).toEqual(["2026-10-01", "2026-09-01"]);
      expect(found[1]!.problem).toBeNull();
      // Never the older run in its place.
      expect(found[0]!.problem).toMatch(why);
    }
  });

  it("refuses a part that vanished, changed, was cut or may no longer be read, with which one it is", async () => {
    const folder = addRun("10", "r1", "2026-11-01T04:00:00Z");
    const path = `${folder}/part_0_0001.csv`;
    const content = blobs.get(path)!;
    const cases: [code: string, spoil: (response: ServerResponse) => boolean][] = [
      [
        "not_found",
        () => {
          blobs.delete(path);
          return false;
        },
      ],
      [
        "conflict",
        () => {
          blobs.set(path, content.toUpperCase().replace("R1", "R2"));
          return false;
        },
      ],
      [
        "conflict",
        (response) => {
          const short = content.slice(0, -2);
          response.writeHead(200, { ETag: etagOf(content), "Content-Length": short.length }).end(short);
          return true;
        },
      ],
      [
        "unavailable",
        (response) => {
          response.writeHead(200, { ETag: etagOf(content), "Content-Length": content.length });
          response.write(content.slice(0, 5));
          setTimeout(() => response.destroy(), 20);
          return true;
        },
      ],
      [
        "forbidden",
        (response) => {
          response.writeHead(403, { "x-ms-error-code": "AuthenticationFailed" }).end();
          return true;
        },
      ],
    ];
    for (const [code, spoil] of cases) {
      blobs.set(path, content);
      answer = () => false;
      const files = container();
      const part = (await files.list(signal)).find((file) => file.path.endsWith(".csv"))!;
      answer = (_name, query, response) => query.get("comp") !== "list" && spoil(response);
      const failure = await failureOf(files.copy(part, join(directory, "part"), signal));
      expect(failure).toMatchObject({ code });
      const { message, hint } = failure as AppError;
      expect(`${message} ${hint}`).toContain(part.path);
    }
  });

  it("reads any spelling of a name as it is, and keeps spellings apart", async () => {
    const names = ["Ünï-名前", "RUN", "run", "a b&c<d>%2F?#"];
    for (const name of names) addRun("10", name, "2026-11-01T04:00:00Z");
    const files = container();
    const listed = await files.list(signal);
    expect(listed).toHaveLength(2 * names.length);
    for (const file of listed.filter(({ path }) => path.endsWith(".csv"))) {
      await files.copy(file, join(directory, "part"), signal);
      expect(await readFile(join(directory, "part"), "utf8")).toBe(blobs.get(`costs/${file.path}`));
    }
    const [month] = await findExports(files, clock);
    // One export's runs of the same moment: one of them, never two.
    expect(month).toMatchObject({ problem: null, runs: { length: 1 } });
  });

  it("asks for nothing outside the directory, whatever a blob is called", async () => {
    addRun("09", "r1", "2026-10-01T04:00:00Z");
    const asked: string[] = [];
    answer = (name, query) => {
      if (query.get("comp") !== "list") asked.push(name);
      return false;
    };
    for (const run of ["../../../../secrets/r", "./r", "..", "%2e%2e/%2e%2e/r"]) {
      addRun("10", run, "2026-11-02T04:00:00Z");
      const files = container();
      const [october, september] = await findExports(files, clock);
      expect(september).toMatchObject({ month: "2026-09-01", problem: null });
      if (!run.startsWith("%")) expect(october!.problem).toMatch(/cannot be asked for by its name/);
      for (const path of [...blobs.keys()].filter((path) => path.includes(`/${run}/`))) blobs.delete(path);
    }
    expect(asked.filter((name) => !name.startsWith("costs/focus/"))).toEqual([]);
  });
});
