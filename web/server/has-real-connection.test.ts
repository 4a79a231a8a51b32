import { randomUUID } from "node:crypto";
import { addConnection } from "@cloudoptima/db/queries/connections.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import listConnections from "@cloudoptima/tools/connections/list-connections.operation.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";
import { expect, test } from "vitest";
import { hasRealConnection } from "./has-real-connection.ts";

describeEachEngine("hasRealConnection", (engine) => {
  test("is true once any organization has an Azure connection, not for sandbox and files", async () => {
    const tools = createTestTools({
      database: engine.database(),
      now: "2026-11-20T12:00:00Z",
      definitions: [listConnections],
    });
    const organizations = [await tools.createOrganization("First"), await tools.createOrganization("Second")];
    const service = {
      invoke: tools.invoke,
      organizations: async () => organizations.map((organization) => ({ ...organization, demo: true })),
      localActor: async (_via: "local" | "mcp", name?: string) =>
        tools.actor(organizations.find((organization) => organization.name === name)!),
    };
    const connect = (index: number, kind: "azure" | "sandbox" | "focus") => {
      const organization = organizations[index]!;
      return tools.context(tools.actor(organization)).write((transaction) =>
        addConnection(transaction, {
          id: randomUUID(),
          organizationId: organization.id,
          name: kind,
          kind,
          provider: "azure",
          settings: {},
        }),
      );
    };
    expect(await hasRealConnection(service)).toBe(false);
    await connect(0, "sandbox");
    await connect(1, "focus");
    expect(await hasRealConnection(service)).toBe(false);
    await connect(1, "azure");
    expect(await hasRealConnection(service)).toBe(true);
  });
});
