import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { addConnection, type ConnectionRow, listConnections } from "@cloudoptima/db/queries/connections.ts";
import { withServerLock } from "@cloudoptima/db/server-lock.ts";
import { contoso, sunBird } from "../access/seed-organizations.ts";
import { systemActor } from "../access/system-actor.ts";
import type { Progress } from "../kernel/context.ts";
import type { Invoke } from "../kernel/invoke.ts";

export interface LoadDemoDataOptions {
  database: Database;
  invoke: Invoke;
  now(): Temporal.Instant;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

const sampleFile = join(import.meta.dirname, "../../data/focus/focus_sample_1000.csv");
export const sandboxName = "Contoso sandbox";
const demoLock = 7_302_115;

/**
 * Loads what the demo organizations lack, through the same operations that a person uses. What is there stays;
 * the sandbox is scanned again when its last scan is of an earlier day, so that it ends yesterday.
 */
export async function loadDemoData(options: LoadDemoDataOptions): Promise<void> {
  await withServerLock(options.database, demoLock, options.signal, async () => {
    const failures: unknown[] = [];
    for (const load of [importSample, scanSandbox]) {
      options.signal.throwIfAborted();
      await load(options).catch((error: unknown) => failures.push(error)); // one must not keep the other away
    }
    if (failures.length > 0) throw failures[0];
  });
}

async function importSample({ database, invoke, signal, onProgress }: LoadDemoDataOptions): Promise<void> {
  const loaded = await withTenant(database, sunBird.id, { access: "read" }, (transaction) =>
    transaction
      .selectFrom("cost_deliveries")
      .select("id")
      .where("status", "=", "published")
      .limit(1)
      .executeTakeFirst(),
  );
  if (loaded) return;
  onProgress({ message: "Importing the FOCUS sample of SunBird" });
  const input = { path: sampleFile };
  const actor = systemActor(sunBird);
  await invoke({ actor, name: "import_focus", input, source: "worker", signal, onProgress });
}

async function scanSandbox(options: LoadDemoDataOptions): Promise<void> {
  const { database, invoke, now, signal, onProgress } = options;
  const connection = await ensureSandboxConnection(database);
  if (connection?.lastSync && utcDay(connection.lastSync.toISOString()) >= utcDay(now().toString())) return;
  onProgress({ message: "Scanning the sandbox tenant of Contoso" });
  const input = { connectionName: sandboxName };
  await invoke({ actor: systemActor(contoso), name: "scan", input, source: "worker", signal, onProgress });
}

function ensureSandboxConnection(database: Database): Promise<ConnectionRow | undefined> {
  return withTenant(database, contoso.id, { access: "write" }, async (transaction) => {
    await addConnection(transaction, {
      id: randomUUID(),
      organizationId: contoso.id,
      name: sandboxName,
      kind: "sandbox",
      provider: "azure",
      settings: {},
    });
    return (await listConnections(transaction)).find(({ kind }) => kind === "sandbox");
  });
}

const utcDay = (isoTime: string) => isoTime.slice(0, 10);
