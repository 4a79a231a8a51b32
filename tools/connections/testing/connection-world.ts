import type { Database } from "@cloudoptima/db/client.ts";
import { sandboxEndpoint } from "../../clouds/azure/sandbox-endpoint.ts";
import { virtualPace } from "../../clouds/azure/testing.ts";
import { createConnectCloud } from "../../clouds/connect.ts";
import { type RunningSandbox, startSandbox } from "../../clouds/sandbox/start-sandbox.ts";
import type { Actor } from "../../kernel/actor.ts";
import { createLog } from "../../log.ts";
import { createTestTools, type TestTools } from "../../testing/test-tools.ts";
import type { CredentialVault } from "../credentials/credential-vault.ts";

export interface ConnectionWorld {
  tools: TestTools;
  sandbox: RunningSandbox;
  /** An admin in a browser, of an organization of their own. */
  admin: Actor;
  /** Everything that was logged, at the lowest level. */
  logged(): string;
  call<Output = Record<string, unknown>>(
    name: string,
    input?: Record<string, unknown>,
    actor?: Actor,
  ): Promise<Output>;
  /** What a person would enter to connect the sandbox's tenant. */
  principal(): { tenantId: string; clientId: string; clientSecret: string };
  /** The next request to a path like this waits, once so many of them have passed, until it is released. */
  hold(path: string, after: number): HeldRequest;
  close(): Promise<void>;
}

export interface HeldRequest {
  reached: Promise<void>;
  release(): void;
}

/** The product with real Azure connections, whose clouds all lead to one sandbox: only the address is another. */
export async function openConnectionWorld(
  database: Database,
  vault: CredentialVault,
): Promise<ConnectionWorld> {
  const now = Temporal.Instant.from("2026-10-05T09:30:00Z");
  let onRequest = (_: string): void | Promise<void> => undefined;
  const sandbox = await startSandbox({
    onRequest: (path) => onRequest(path),
    seed: "connections",
    resources: 60,
    days: 45,
    now: () => now,
    quotas: "raised",
  });
  const lines: string[] = [];
  const tools = createTestTools({
    database,
    now: () => now,
    vault,
    log: createLog({ level: "trace", destination: { write: (line) => void lines.push(line) } }),
    connectCloud: createConnectCloud({
      vault,
      environment: {},
      openAzure: ({ servicePrincipal }) =>
        sandboxEndpoint(
          { ...sandbox, credentials: servicePrincipal ?? sandbox.credentials, quotas: "raised" },
          virtualPace(),
        ),
    }),
  });
  const admin = tools.actor(await tools.createOrganization("Fabrikam"));
  return {
    tools,
    sandbox,
    admin,
    logged: () => lines.join(""),
    call: async <Output>(name: string, input: Record<string, unknown> = {}, actor: Actor = admin) =>
      (await tools.invoke({ actor, name, input, source: "web" })).output as Output,
    principal() {
      const { tenantId, clientId, clientSecret } = sandbox.credentials;
      return { tenantId, clientId, clientSecret };
    },
    hold(like, after) {
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      let passed = 0;
      onRequest = (path) => {
        if (!path.includes(like) || passed++ < after) return;
        onRequest = () => undefined;
        reached.resolve();
        return released.promise;
      };
      return { reached: reached.promise, release: released.resolve };
    },
    close: () => sandbox.close(),
  };
}
