import { randomUUID } from "node:crypto";
import { createDatabase, type Database } from "@cloudoptima/db/client.ts";
import { createServerDatabase } from "@cloudoptima/db/testing/engines.ts";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createEventHub, type EventHub, openSharedEventHub } from "./events.ts";
import type { UpdateEvent } from "./kernel/update-event.ts";

const contoso = randomUUID();
const fabrikam = randomUUID();
const log = { warn: () => undefined };

function updated(status: string): UpdateEvent {
  return { type: "remediation_updated", data: { id: randomUUID(), status } };
}

/** Keeps what an organization is told; `next` waits for the first event of that kind. */
function follow(hub: EventHub, organizationId: string) {
  const events: UpdateEvent[] = [];
  const waiting = new Set<() => void>();
  hub.subscribe(organizationId, (event) => {
    events.push(event);
    for (const look of waiting) look();
  });
  const next = (wanted: (event: UpdateEvent) => boolean) =>
    new Promise<UpdateEvent>((resolve) => {
      const look = () => {
        const found = events.find(wanted);
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { events, next };
}

describe("events in one process", () => {
  it("reach the organization's listeners alone, until they end", () => {
    const hub = createEventHub({ log });
    const told: string[] = [];
    const listener = (event: UpdateEvent) => told.push(event.type);
    const end = hub.subscribe(contoso, listener);
    hub.subscribe(contoso, listener);
    hub.subscribe(fabrikam, () => told.push("fabrikam"));
    hub.publish(contoso, updated("approved"));
    expect(told).toEqual(["remediation_updated", "remediation_updated"]);
    end();
    hub.publish(contoso, updated("executing"));
    expect(told).toHaveLength(3);
  });

  it("survive a listener that fails", () => {
    const hub = createEventHub({ log });
    const { events } = follow(hub, contoso);
    hub.subscribe(contoso, () => {
      throw new Error("a broken listener");
    });
    const after = follow(hub, contoso);
    hub.publish(contoso, updated("approved"));
    expect([events.length, after.events.length]).toEqual([1, 1]);
  });
});

describe("events between processes on one PostgreSQL server", () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let database: Database;
  let here: EventHub;
  let there: EventHub;

  beforeAll(async () => {
    server = await createServerDatabase(inject("serverTemplateUrl"));
    database = createDatabase({
      engine: "server",
      connectionString: server.url,
      onError: (error) => {
        throw error;
      },
    });
    const open = () => openSharedEventHub({ database, databaseUrl: server.url, log });
    [here, there] = await Promise.all([open(), open()]);
  });

  afterAll(async () => {
    await here?.close();
    await there?.close();
    await database?.close();
    await server?.remove();
  });

  it("arrive once in each, and only at their organization", async () => {
    const mine = follow(here, contoso);
    const theirs = follow(there, contoso);
    const others = follow(there, fabrikam);
    const event = updated("approved");
    const last = updated("completed");
    here.publish(contoso, event);
    expect(mine.events).toEqual([event]);
    here.publish(contoso, last);
    await theirs.next(({ data }) => "status" in data && data.status === "completed");
    expect(theirs.events).toEqual([event, last]);
    // A way back tells that everything sent before has been handed out here as well.
    there.publish(contoso, updated("rolled_back"));
    await mine.next(({ data }) => "status" in data && data.status === "rolled_back");
    expect(mine.events).toHaveLength(3);
    expect(others.events).toEqual([]);
  });

  it("arrive again after the connection was cut, which is told", async () => {
    const theirs = follow(there, contoso);
    await cutConnections(server.url);
    await theirs.next(({ type }) => type === "resync");
    here.publish(contoso, updated("executing"));
    await theirs.next(({ data }) => "status" in data && data.status === "executing");
  });

  it("of a shape that this version does not know are left out", async () => {
    const theirs = follow(there, contoso);
    const strange = { sender: randomUUID(), organizationId: contoso, event: { type: "x", data: {} } };
    await database.pool.query("select pg_notify('cloudoptima_events', $1)", [JSON.stringify(strange)]);
    await database.pool.query("select pg_notify('cloudoptima_events', 'no json')");
    here.publish(contoso, updated("verifying"));
    await theirs.next(({ data }) => "status" in data && data.status === "verifying");
    expect(theirs.events).toHaveLength(1);
  });
});

async function cutConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'cloudoptima events' and datname = current_database()`,
  );
  await client.end();
}
