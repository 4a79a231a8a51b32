import { randomUUID } from "node:crypto";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestVault } from "../testing/test-tools.ts";
import { capabilities } from "./capabilities.ts";
import type { ConnectionTest } from "./test-shapes.ts";
import { type ConnectionWorld, openConnectionWorld } from "./testing/connection-world.ts";

describeEachEngine("testing a connection", (engine) => {
  let world: ConnectionWorld;
  beforeAll(async () => {
    world = await openConnectionWorld(engine.database(), createTestVault());
  });
  afterAll(() => world?.close());

  /** Adds a connection with these credentials and tests it, by the real SDK over HTTPS. */
  async function testWith(change: Record<string, unknown> = {}): Promise<ConnectionTest> {
    const input = { name: `C ${randomUUID()}`, ...world.principal(), ...change };
    const { id } = await world.call<{ id: string }>("create_connection", input);
    return world.call<ConnectionTest>("test_connection", { id });
  }
  const states = ({ subscriptions }: ConnectionTest, subscription = 0) =>
    Object.fromEntries(subscriptions[subscription]!.capabilities.map(({ name, state }) => [name, state]));

  test("an identity with all roles may do everything, each subscription named", async () => {
    const tested = await testWith();
    expect(tested).toMatchObject({ state: "ok", signIn: { ok: true, hint: null } });
    expect(tested.subscriptions.map(({ id }) => id).sort()).toEqual(
      [...world.sandbox.subscriptionIds].sort(),
    );
    for (const { capabilities: of } of tested.subscriptions) {
      expect(of.map(({ name }) => name)).toEqual(capabilities.map(({ name }) => name));
      expect(of.every(({ state, missing }) => state === "allowed" && missing.length === 0)).toBe(true);
    }
    expect(capabilities.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["inventory", "cost", "metrics", "stop_vm", "delete_disk"]),
    );
  });

  test.each([
    ["a wrong secret", { clientSecret: "wrong" }, "Azure does not accept the client secret.", "Value"],
    [
      "an unknown application",
      { clientId: "11111111-2222-4333-8444-555555555555" },
      "Azure knows no application with this client id in this tenant.",
      "client id",
    ],
    ["an unknown tenant", { tenantId: "nowhere.example" }, /knows no tenant with this id/, "tenant"],
  ])("%s is told as what it is", async (_what, change, message, hint) => {
    const tested = await testWith(change);
    expect(tested).toMatchObject({ state: "failed", subscriptions: [], signIn: { ok: false } });
    expect(tested.signIn.message).toMatch(message);
    expect(tested.signIn.hint).toContain(hint);
  });

  test("an expired secret is told as expired, and a new one works at once", async () => {
    const input = { name: "Expiring", ...world.principal() };
    const { id } = await world.call<{ id: string }>("create_connection", input);
    world.sandbox.credentials.secretExpired = true;
    try {
      const tested = await world.call<ConnectionTest>("test_connection", { id });
      expect(tested.signIn).toMatchObject({ ok: false, message: "The client secret has expired." });
    } finally {
      world.sandbox.credentials.secretExpired = false;
    }
    await world.call("update_connection", { id, clientSecret: world.principal().clientSecret });
    expect((await world.call<ConnectionTest>("test_connection", { id })).signIn.ok).toBe(true);
  });

  test("a missing permission is named with the capability and the subscription it is missing for", async () => {
    const [first] = world.sandbox.subscriptionIds;
    const lift = [
      world.sandbox.permissions.deny({
        scope: `/subscriptions/${first}`,
        actions: [
          "Microsoft.CostManagement/*",
          "Microsoft.Compute/virtualMachines/deallocate/action",
          "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
        ],
      }),
    ];
    try {
      const tested = await testWith();
      const index = tested.subscriptions.findIndex(({ id }) => id === first);
      expect(tested.state).toBe("limited");
      expect(states(tested, index)).toMatchObject({
        inventory: "allowed",
        cost: "missing",
        metrics: "allowed",
        unmanaged_disks: "missing",
        stop_vm: "missing",
        delete_disk: "allowed",
      });
      const { name, capabilities: of } = tested.subscriptions[index]!;
      expect(of.find((capability) => capability.name === "cost")).toMatchObject({
        missing: ["Microsoft.CostManagement/query/read"],
        message: `Cost: the identity may not Microsoft.CostManagement/query/read on ${name}. Give it the role Cost Management Reader there.`,
      });
      expect(of.find((capability) => capability.name === "unmanaged_disks")).toMatchObject({
        missing: ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"],
        message: expect.stringMatching(
          /^Unmanaged disks: .+ Give it the role Storage Blob Data Reader there\.$/,
        ),
      });
      for (const other of tested.subscriptions.filter(({ id }) => id !== first)) {
        expect(other.capabilities.every(({ state }) => state === "allowed")).toBe(true);
      }
    } finally {
      for (const end of lift) end();
    }
  });

  test("a subscription without any permission is told so, the others as they are", async () => {
    const [, second] = world.sandbox.subscriptionIds;
    const services = [
      "DevTestLab",
      "Compute",
      "Network",
      "CostManagement",
      "Insights",
      "Resources/tags",
      "Sql",
      "Storage",
      "Web",
    ];
    const actions = services.map((service) => `Microsoft.${service}/*`);
    const lift = world.sandbox.permissions.deny({ scope: `/subscriptions/${second}`, actions });
    try {
      const tested = await testWith();
      const denied = tested.subscriptions.find(({ id }) => id === second)!;
      expect(denied.message).toMatch(/^The identity has no useful role on .+\. Give it Reader/);
      expect(denied.capabilities.every(({ state }) => state === "missing")).toBe(true);
      expect(tested.state).toBe("limited");
    } finally {
      lift();
    }
  });

  test("a cloud that does not answer fails the test, not the request, and nothing was written to it", async () => {
    world.sandbox.faults.add({ path: "microsoft.resourcegraph", kind: "error", times: 20 });
    try {
      const tested = await testWith();
      expect(tested).toMatchObject({ state: "failed", signIn: { ok: false } });
      expect(tested.signIn.message).toContain("did not answer");
    } finally {
      world.sandbox.faults.clear();
    }
    expect(world.sandbox.stats().writeRequestCount).toBe(0);
  });
});
