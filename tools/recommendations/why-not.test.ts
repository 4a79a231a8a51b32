import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeEach, expect, test } from "vitest";
import { goodPlatform } from "../assessment/testing/good-platform.ts";
import { assessed } from "../assessment/testing/good-resource.ts";
import { keepInventory } from "../assessment/testing/keep-inventory.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import type { RecommendationList } from "./list-recommendations.tool.ts";

const now = "2026-10-05T09:30:00Z";
const place = "/subscriptions/sub-1/resourcegroups/rg-data/providers/microsoft.compute/disks/";
const disk = (name: string, tags: Record<string, string>) => ({
  ...assessed(goodPlatform.find((one) => one.name === "st")!),
  id: `${place}${name}`,
  type: "microsoft.compute/disks",
  name,
  tags,
  status: "Unattached",
  properties: { diskState: "Unattached", timeCreated: "2026-01-01T00:00:00Z", diskSizeGB: 64 },
});

describeEachEngine("why a resource is not recommended for anything", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now });
    organization = await tools.createOrganization("Contoso");
    await tools
      .context(tools.actor(organization))
      .write((transaction) =>
        keepInventory(transaction, organization.id, new Date(now), [
          disk("disk-kept", { Purpose: "disaster recovery" }),
          disk("disk-plain", {}),
        ]),
      );
  });

  const ask = async (input: Record<string, unknown>) => {
    const actor = tools.actor(organization, "viewer");
    const { output } = await tools.invoke({ actor, name: "list_recommendations", input, source: "rest" });
    return output as unknown as RecommendationList;
  };

  test("the rule's reason is given when it is asked for, by the exact name in any case", async () => {
    const { notRecommended, totalCount } = await ask({ resource: "Disk-Kept", explain: true });
    expect(totalCount).toBe(0);
    expect(notRecommended.find(({ type }) => type === "unattached_disk")).toMatchObject({
      resource: { id: `${place}disk-kept`, name: "disk-kept" },
      typeLabel: "Unattached disk",
      verdict: "fine",
      because: expect.stringMatching(/^Kept on purpose: .*disaster recovery/),
    });
    expect((await ask({ resource: "disk-kept" })).notRecommended).toEqual([]);
  });

  test("what a rule would find has no reason against it, until somebody suppresses it", async () => {
    const types = async () =>
      (await ask({ resource: "disk-plain", explain: true })).notRecommended.map(
        ({ type, verdict }) => `${type} ${verdict}`,
      );
    expect((await types()).filter((one) => one.startsWith("unattached_disk"))).toEqual([]);
    await tools.invoke({
      actor: tools.actor(organization, "admin"),
      name: "suppress_recommendations",
      input: { type: "unattached_disk", resourceId: `${place}disk-plain`, reason: "We need it" },
      source: "rest",
    });
    expect(await types()).toContain("unattached_disk suppressed");
  });

  test("a part of a name, or a name that nothing has, is judged as nothing", async () => {
    expect((await ask({ resource: "disk-", explain: true })).notRecommended).toEqual([]);
    expect((await ask({ resource: "nowhere", explain: true })).notRecommended).toEqual([]);
  });
});
