import { markGone } from "@cloudoptima/db/queries/resources.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import type { AssessedResource } from "./assessed-resource.ts";
import type { AssessmentOutput } from "./assessment-shapes.ts";
import type { CheckExplanation } from "./explain-check.tool.ts";
import { goodPlatform } from "./testing/good-platform.ts";
import { assessed } from "./testing/good-resource.ts";
import { keepInventory } from "./testing/keep-inventory.ts";

const vault = assessed(goodPlatform.find(({ type }) => type === "microsoft.keyvault/vaults")!);
const account = assessed(goodPlatform.find(({ name }) => name === "st")!);

const withProperties = (
  resource: AssessedResource,
  name: string,
  properties: Record<string, unknown>,
  resourceGroup = "rg-shop-prod",
): AssessedResource => ({
  ...resource,
  id: `${resource.id}-${name}`,
  name: `${resource.name}-${name}`,
  resourceGroup,
  properties: { ...resource.properties, ...properties },
});

describeEachEngine("the assessment", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  let now = Temporal.Instant.from("2026-10-05T09:30:00Z");

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: () => now });
    organization = await tools.createOrganization("Contoso");
  });

  const call = async <Output>(name: string, input: Record<string, unknown> = {}, of = organization) =>
    (await tools.invoke({ name, actor: tools.actor(of), input, source: "web" })).output as Output;
  const keep = (resources: readonly AssessedResource[]) =>
    tools
      .context(tools.actor(organization))
      .write((transaction) =>
        keepInventory(transaction, organization.id, new Date(now.epochMilliseconds), resources),
      );
  const get = (input: Record<string, unknown> = {}) => call<AssessmentOutput>("get_assessment", input);
  const explain = (checkId: string, input: Record<string, unknown> = {}) =>
    call<CheckExplanation>("explain_check", { checkId, ...input });
  const scoreOf = ({ pillars }: AssessmentOutput, pillar: string) =>
    pillars.find((one) => one.pillar === pillar)!;

  test("says what to do where there is nothing yet", async () => {
    expect(await get()).toMatchObject({ ranAt: null, overallScorePercent: null, checks: [], previous: null });
    await expect(call("run_assessment")).rejects.toMatchObject({ code: "no_data" });
  });

  test("scores the first run, with evidence, and has nothing to compare it with", async () => {
    await keep([
      vault,
      withProperties(vault, "open", { networkAcls: { defaultAction: "Allow" } }, "rg-old-prod"),
      withProperties(account, "weak", { minimumTlsVersion: "TLS1_0", allowBlobPublicAccess: undefined }),
    ]);
    expect(await call("run_assessment")).toMatchObject({ resourceCount: 3, newCount: 0, fixedCount: 0 });
    const one = await get({ resource: `${account.name}-weak` });
    expect(one).toMatchObject({ failingCheckCount: 1, pillars: [], overallScorePercent: null });
    expect(one.checks.map(({ checkId, failedCount }) => [checkId, failedCount])).toEqual([["SEC-ST-02", 1]]);
    expect((await get({ resource: vault.name })).checks).toEqual([]);
    await expect(get({ resource: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
    const output = await get({ by: "resource_group" });
    expect(output).toMatchObject({ previous: null, scope: null, resourceCount: 3 });
    expect(output.places.map(({ label }) => label)).toEqual(["rg-old-prod", "rg-shop-prod"]);
    // By weight: the vaults 10 each, of which 4 fail; the account 14 pass, 4 fail and 4 are unknown: 30 of 38, 38 of 42.
    expect(scoreOf(output, "security")).toMatchObject({
      scorePercent: "78.9",
      coveragePercent: "90.5",
      failedCount: 2,
      unknownCount: 1,
      previousScorePercent: null,
    });
    expect(output.checks.map(({ checkId }) => checkId).slice(0, 2)).toEqual(["SEC-KV-03", "SEC-ST-02"]);
    expect((await explain("sec-st-02")).failing).toMatchObject([
      { name: "st-weak", evidence: [{ label: "Least TLS version", value: "TLS1_0" }] },
    ]);
    expect(await explain("SEC-ST-03")).toMatchObject({ failedCount: 0, unknownCount: 1, failing: [] });
    expect((await explain("SEC-ST-03")).unknown).toMatchObject([{ name: "st-weak" }]);
    expect(await get({ resourceGroup: "RG-OLD-PROD" })).toMatchObject({ failingCheckCount: 1 });
    expect((await get({ resourceType: "storage" })).checks.every(({ checkId }) => /-ST-/.test(checkId))).toBe(
      true,
    );
  });

  test("tells what is new and what is fixed, and keeps one point a day", async () => {
    now = now.add({ hours: 2 });
    await call("run_assessment");
    expect((await get()).previous).toMatchObject({ newCount: 0, fixedCount: 0 });
    expect((await get()).trend).toHaveLength(1);
    now = now.add({ hours: 24 });
    await keep([
      withProperties(vault, "open", { networkAcls: { defaultAction: "Deny" } }, "rg-old-prod"),
      withProperties(account, "weak", { minimumTlsVersion: "TLS1_1", allowBlobPublicAccess: true }),
    ]);
    await call("run_assessment");
    const output = await get();
    // The vault was closed; anonymous access, unknown before, is known now; old TLS fails as before.
    expect(output.previous).toMatchObject({ newCount: 1, fixedCount: 1 });
    expect(output.trend.map(({ day }) => day)).toEqual(["2026-10-05", "2026-10-06"]);
    expect(scoreOf(output, "security").previousScorePercent).not.toBeNull();
    const [weak] = (await explain("SEC-ST-02")).failing;
    expect(weak).toMatchObject({ since: "2026-10-05T09:30:00.000Z", evidence: [{ value: "TLS1_1" }] });
    const place = await get({ resourceGroup: "rg-old-prod" });
    expect(Number(scoreOf(place, "security").scorePercent)).toBeGreaterThan(
      Number(scoreOf(place, "security").previousScorePercent),
    );
  });

  test("what is gone from the inventory fails no more", async () => {
    const [weak] = (await explain("SEC-ST-02")).failing;
    now = now.add({ hours: 1 });
    await tools
      .context(tools.actor(organization))
      .write((transaction) => markGone(transaction, weak!.id, new Date(now.epochMilliseconds)));
    await call("run_assessment");
    expect(await explain("SEC-ST-02")).toMatchObject({ failedCount: 0, failing: [] });
    expect((await get()).previous?.fixedCount).toBeGreaterThanOrEqual(2);
  });

  test("two runs at once leave each failure once", async () => {
    await keep([withProperties(account, "twice", { minimumTlsVersion: "TLS1_0" })]);
    await Promise.all([call("run_assessment"), call("run_assessment")]);
    expect((await explain("SEC-ST-02")).failing.map(({ name }) => name)).toEqual(["st-twice"]);
  });

  test("names what it does not know, and shows another organization nothing", async () => {
    await expect(explain("REL-XX-99")).rejects.toMatchObject({ code: "not_found" });
    await expect(get({ subscription: "nobody's" })).rejects.toMatchObject({ code: "not_found" });
    await expect(get({ resourceType: "spaceship" })).rejects.toMatchObject({ code: "not_found" });
    const stranger = await tools.createOrganization("Fabrikam");
    expect(await call("get_assessment", {}, stranger)).toMatchObject({ ranAt: null, checks: [] });
    expect(await call("explain_check", { checkId: "SEC-ST-02" }, stranger)).toMatchObject({ failing: [] });
  });
});
