import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestTools, createTestVault } from "../testing/test-tools.ts";
import { createConnectCloud } from "./connect.ts";
import { createConnectWrite } from "./connect-write.ts";
import { openClouds } from "./open-clouds.ts";
import { type RunningSandbox, startSandbox } from "./sandbox/start-sandbox.ts";
import { gateEstate, gateIds } from "./sandbox/testing/gate-estate.ts";

const now = "2026-10-05T09:30:00Z";
const { signal } = new AbortController();
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    tenant: gateEstate(),
    seed: "gate",
    resources: 60,
    days: 30,
    now: () => Temporal.Instant.from(now),
    quotas: "raised",
  });
});
afterAll(() => sandbox.close());

describeEachEngine("connecting to change", (engine) => {
  async function organization(name: string) {
    const tools = createTestTools({ database: engine.database(), now });
    const actor = tools.actor(await tools.createOrganization(name));
    const { newId, read, write } = tools.context(actor);
    const connect = async (kind: "azure" | "sandbox" | "focus") => {
      const id = newId();
      const row = { id, organizationId: actor.organizationId, name: kind, kind, provider: "azure" as const };
      await write((transaction) => addConnection(transaction, { ...row, settings: {} }));
      return id;
    };
    return { actor, read, newId, connect, context: tools.context(actor) };
  }

  test("both halves reach the same sandbox, asked for only when a connection needs it", async () => {
    const { connect, read, context } = await organization("Both halves");
    let asked = 0;
    const access = {
      sandbox: async () => {
        asked++;
        return { ...sandbox, quotas: "raised" as const };
      },
      environment: {},
    };
    const connectWrite = createConnectWrite(access);
    await expect(connectWrite({ connectionId: await connect("focus"), read })).rejects.toMatchObject({
      code: "unsupported",
    });
    expect(asked).toBe(0);

    const connectionId = await connect("sandbox");
    const write = await connectWrite({ connectionId, read });
    expect(await connectWrite({ connectionId, read })).toBe(write);
    const reader = await createConnectCloud(access)({ ...context, connectionId });
    const owner = `${engine.name}@contoso.example`;
    await write.changeTags(gateIds.freeDisk, { set: { Owner: owner }, remove: [] }, signal);
    expect((await reader.resource(gateIds.freeDisk, signal))?.tags.Owner).toBe(owner);
  });

  test("the host's Azure identity changes nothing for an organization that the operator does not name", async () => {
    const stranger = await organization("Stranger to write");
    const environment = { AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "c", AZURE_CLIENT_SECRET: "s" };
    const connection = { connectionId: await stranger.connect("azure"), read: stranger.read };
    await expect(createConnectWrite({ environment })(connection)).rejects.toMatchObject({
      code: "forbidden",
      hint: expect.stringContaining("CLOUDOPTIMA_AZURE_ORGANIZATION"),
    });
    const named = createConnectWrite({
      environment: { ...environment, CLOUDOPTIMA_AZURE_ORGANIZATION: stranger.actor.organizationName },
    });
    expect(await named(connection)).toHaveProperty("deallocate");
  });

  test("another organization's connection does not exist", async () => {
    const [a, b] = [await organization("A to write"), await organization("B to write")];
    const connectWrite = createConnectWrite({ sandbox: () => ({ ...sandbox, quotas: "raised" }) });
    await expect(
      connectWrite({ connectionId: await a.connect("sandbox"), read: b.read }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

test("this process has one sandbox, whoever asks first", async () => {
  const clouds = openClouds(Temporal.Instant.from(now), createTestVault());
  try {
    const [first, second] = await Promise.all([clouds.sandbox(), clouds.sandbox()]);
    expect(first.origin).toBe(second.origin);
    expect((await clouds.sandbox()).origin).toBe(first.origin);
  } finally {
    await clouds.close();
  }
});
