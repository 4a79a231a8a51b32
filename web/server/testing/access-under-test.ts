import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Database } from "@cloudoptima/db/client.ts";
import { visibleOrganizations } from "@cloudoptima/tools/access/local-actor.ts";
import { registry } from "@cloudoptima/tools/registry.gen.ts";
import { createTestPeople, type TestPeople } from "@cloudoptima/tools/testing/test-people.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";
import { getRequestListener } from "@hono/node-server";
import { type ApiEnvironment, createApi } from "../api.ts";
import { refuseForeignRequest } from "../check-origin.ts";
import { createSetupLink, type SetupLink } from "../setup-link.ts";

export interface AccessUnderTest extends TestPeople {
  address: string;
  setupLink: SetupLink;
  /** A request of a browser or a program, over a real connection. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Answer; cookie: string; headers: Headers }>;
  close(): Promise<void>;
}

/** JSON as it came: what a test looks at decides. */
// biome-ignore lint/suspicious/noExplicitAny: an answer of any route
type Answer = any;

/** The API over real HTTP, with the real sign-in on a test database, but without loading the demo's data. */
export async function startAccess(
  database: Database,
  options: Parameters<typeof createTestPeople>[1] = {},
): Promise<AccessUnderTest> {
  const test = await createTestPeople(database, options);
  const tools = createTestTools({ database, now: "2026-11-20T12:00:00Z" });
  const setupLink = createSetupLink();
  const demo = options.demo ?? true;
  let demoOn = demo;
  const api = createApi({
    service: {
      registry,
      invoke: tools.invoke,
      organizations: () => visibleOrganizations(database, demo),
    },
    owner: () => ({ people: test.people }),
    demoSignIn: async () => demoOn,
    setupLink,
    modelLabel: "test model",
    log: {
      error(details: Record<string, unknown>) {
        throw new Error("A request failed on our side.", { cause: details.err });
      },
    },
  } as unknown as ApiEnvironment);
  const handle = getRequestListener(api.fetch, { overrideGlobalObjects: false });
  let port = 0;
  const server = createServer((request, response) => {
    const web = { host: "127.0.0.1", port, publicUrl: null, loopback: true };
    const refusal = refuseForeignRequest(request, web, port);
    if (refusal) response.writeHead(403).end(JSON.stringify({ refusal }));
    else void handle(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  const address = `http://127.0.0.1:${port}`;
  return {
    ...test,
    address,
    setupLink,
    demoSignIn(on) {
      demoOn = on;
      test.demoSignIn(on);
    },
    async send(method, path, body, headers = {}) {
      const response = await fetch(`${address}/api${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return {
        status: response.status,
        body: await response.json(),
        cookie: response.headers.getSetCookie().at(-1)?.split(";")[0] ?? "",
        headers: response.headers,
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      test.remove();
    },
  };
}
