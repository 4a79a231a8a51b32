import { keepRecommendations, type NewRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import type { Role } from "../kernel/permissions.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import { chooseRecommendations } from "./choose-recommendations.ts";
import type getSavingsPlan from "./get-savings-plan.operation.ts";
import type { RecommendationList } from "./list-recommendations.tool.ts";
import type searchRecommendations from "./search-recommendations.operation.ts";
import type sumRecommendations from "./sum-recommendations.operation.ts";
import { savedTogether } from "./testing/plan-oracle.ts";
import { manySpanning } from "./testing/random-estate.ts";

type Page = z.infer<(typeof searchRecommendations)["output"]>;
type Plans = z.infer<(typeof getSavingsPlan)["output"]>;
type Sum = z.infer<(typeof sumRecommendations)["output"]>;

const now = "2026-10-05T09:30:00Z";
const machine = (name: string, subscription = "sub-1") =>
  `/subscriptions/${subscription}/resourcegroups/rg-web/providers/microsoft.compute/virtualmachines/${name}`;

/** What saves a share of a machine's compute, which costs 100 a month. */
function saving(
  type: string,
  resourceId: string,
  monthlySavings: string,
  more: Partial<NewRecommendation> = {},
): NewRecommendation {
  const remaining = String(1 - Number(monthlySavings) / 100);
  return {
    type,
    resourceId,
    title: `${type} ${resourceId.split("/").at(-1)}`,
    description: "",
    impact: "low",
    effort: "easy",
    risk: "low",
    monthlySavings,
    annualSavings: String(Number(monthlySavings) * 12),
    currency: "USD",
    confidence: "0.9",
    evidence: [],
    metadata: {
      effects: [
        { resourceId, component: "compute", monthlyCost: "100", change: { kind: "share", remaining } },
      ],
    },
    ...more,
  };
}

describeEachEngine("recommendations, page by page", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;

  beforeEach(async () => {
    tools = createTestTools({ database: engine.database(), now });
    organization = await tools.createOrganization("Contoso");
  });

  const keep = (found: readonly NewRecommendation[]) =>
    tools.context(tools.actor(organization)).write((transaction) =>
      keepRecommendations(
        transaction,
        organization.id,
        new Date(now),
        found.map((one) => ({ ...one, id: crypto.randomUUID() })),
      ),
    );
  const call = async <Output>(name: string, input: object, role: Role = "viewer", asked = organization) =>
    (await tools.invoke({ actor: tools.actor(asked, role), name, input, source: "rest" })).output as Output;
  const search = (input: object = {}) => call<Page>("search_recommendations", input);
  const titles = async (input: object) => (await search(input)).rows.map(({ title }) => title);

  test("are narrowed by each filter, and by several at once", async () => {
    await keep([
      saving("idle_vm", machine("vm-a"), "80"),
      saving("idle_vm", machine("vm-b", "sub-2"), "70", { risk: "high" }),
      saving("vm_rightsizing", machine("vm-a"), "50", { effort: "medium" }),
      saving("spot_instance", machine("vm_c"), "30", { risk: "high", effort: "hard" }),
      // No resource of the inventory: its subscription is that of its id.
      saving("reserved_instance", "/subscriptions/sub-2/providers/microsoft.capacity/reservations/d", "10"),
    ]);
    expect(await titles({ type: "idle_vm" })).toEqual(["idle_vm vm-a", "idle_vm vm-b"]);
    expect(await titles({ risk: "high" })).toEqual(["idle_vm vm-b", "spot_instance vm_c"]);
    expect(await titles({ effort: "hard" })).toEqual(["spot_instance vm_c"]);
    expect(await titles({ subscriptionId: "SUB-2" })).toEqual(["idle_vm vm-b", "reserved_instance d"]);
    expect(await titles({ text: "VM-A" })).toEqual(["idle_vm vm-a", "vm_rightsizing vm-a"]);
    expect(await titles({ text: "vm_" })).toEqual(["vm_rightsizing vm-a", "spot_instance vm_c"]);
    expect(await titles({ text: "%" })).toEqual([]);
    expect(await titles({ risk: "high", subscriptionId: "sub-1" })).toEqual(["spot_instance vm_c"]);
    expect(await titles({ status: "dismissed" })).toEqual([]);
    const { types, subscriptions, statuses } = await search();
    expect(types[0]).toEqual({ id: "idle_vm", label: "Idle virtual machine", count: 2 });
    expect(subscriptions).toEqual([
      { id: "sub-1", label: "sub-1", count: 3 },
      { id: "sub-2", label: "sub-2", count: 2 },
    ]);
    expect(statuses[0]).toEqual({ status: "open", count: 5 });
  });

  test("are sorted, and each stands on one page alone", async () => {
    await keep(
      Array.from({ length: 45 }, (_, index) =>
        saving("idle_vm", machine(`vm-${index}`), String((index % 5) + 1), {
          risk: (["high", "low", "medium"] as const)[index % 3]!,
          confidence: String((index % 4) / 4),
        }),
      ),
    );
    const seen = new Set<string>();
    for (const sort of ["savings", "risk", "confidence", "title"] as const) {
      const pages = [0, 20, 40].map((offset) => search({ sort, limit: 20, offset }));
      const rows = (await Promise.all(pages)).flatMap((page) => page.rows);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(45);
      const keys = rows.map((row) => {
        if (sort === "savings") return -Number(row.monthlySavings!.value);
        if (sort === "risk") return ["low", "medium", "high"].indexOf(row.risk);
        return sort === "confidence" ? -Number(row.confidenceRatio) : row.title;
      });
      expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
      seen.add(rows.map(({ id }) => id).join());
    }
    expect(seen.size).toBe(4);
    const byPriority = await Promise.all([0, 20, 40].map((offset) => search({ offset, limit: 20 })));
    const { rows: listed, order } = await call<RecommendationList>("list_recommendations", { limit: 50 });
    expect(byPriority.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(listed.map(({ id }) => id));
    expect(byPriority[0]!.order).toEqual(order);
    expect((await search({ offset: 45 })).rows).toEqual([]);
  });

  test("are summed by what goes together: what excludes each other never adds up", async () => {
    await keep([
      saving("idle_vm", machine("vm-a"), "80"),
      saving("vm_rightsizing", machine("vm-a"), "50"),
      saving("vm_rightsizing", machine("vm-b"), "40"),
      saving("idle_vm", machine("vm-e"), "20", { currency: "EUR" }),
      saving("idle_vm", machine("vm-f"), "0", { monthlySavings: null, annualSavings: null, currency: null }),
    ]);
    const sum = await call<Sum>("sum_recommendations", {});
    expect(sum).toMatchObject({ recommendationCount: 5, leftOutCount: 1, unpricedCount: 1 });
    expect(sum.alone.map(({ monthlySavings }) => monthlySavings)).toEqual([
      { value: "80", currency: "USD" },
      { value: "20", currency: "EUR" },
    ]);
    expect(sum.together).toMatchObject([
      {
        monthlySavings: { value: "120", currency: "USD" },
        annualSavings: { value: "1440", currency: "USD" },
        recommendationCount: 2,
        isBest: true,
      },
      { monthlySavings: { value: "20", currency: "EUR" }, recommendationCount: 1 },
    ]);
    // Narrowed to what shares no machine, they do add up.
    const narrow = await call<Sum>("sum_recommendations", { type: "vm_rightsizing" });
    expect(narrow.together![0]!.monthlySavings.value).toBe("90");
    const { id } = (await search({ type: "vm_rightsizing", text: "vm-b" })).rows[0]!;
    await call("update_recommendation", { id, status: "dismissed" }, "member");
    expect(await call<Sum>("sum_recommendations", { status: "dismissed" })).toMatchObject({
      recommendationCount: 1,
      alone: [{ monthlySavings: { value: "40" } }],
      together: null,
    });
  });

  test("make a plan whose every step can be read, where an answer in the chat names the first 50", async () => {
    await keep(
      Array.from({ length: 60 }, (_, index) =>
        saving("idle_vm", machine(`vm-${index}`), "1", index < 5 ? { risk: "high" } : {}),
      ),
    );
    const input = { riskAtMost: "low" };
    const [told] = (await call<Plans>("plan_savings", input)).plans;
    const [whole] = (await call<Plans>("get_savings_plan", input)).plans;
    const [begun] = (await call<Plans>("get_savings_plan", { ...input, limit: 7 })).plans;
    expect(whole!.steps).toHaveLength(55);
    expect(told).toEqual({ ...whole!, steps: whole!.steps.slice(0, 50) });
    expect(begun).toEqual({ ...whole!, steps: whole!.steps.slice(0, 7) });
    expect(whole!.stepCount).toBe(55);
    expect(whole!.monthlySavings).toEqual({ value: "55", currency: "USD" });
  });

  test("make a plan within a limit of risk and one of effort at once", async () => {
    for (const [risk, monthlySavings] of [
      ["low", "40"],
      ["medium", "20"],
      ["high", "10"],
    ] as const) {
      for (const [effort, more] of [
        ["easy", 1],
        ["medium", 2],
        ["hard", 3],
      ] as const) {
        const id = machine(`vm-${risk}-${effort}`);
        await keep([saving("idle_vm", id, String(Number(monthlySavings) + more), { risk, effort })]);
      }
    }
    const plan = async (input: object) => {
      const { plans, overLimitCount } = await call<Plans>("plan_savings", input);
      const titles = plans[0]!.steps.map(({ title }) => title.replace("idle_vm vm-", ""));
      return { titles, monthly: plans[0]!.monthlySavings.value, overLimitCount };
    };
    expect(await plan({ effortAtMost: "easy" })).toEqual({
      titles: ["low-easy", "medium-easy", "high-easy"],
      monthly: "73",
      overLimitCount: 6,
    });
    expect(await plan({ riskAtMost: "medium", effortAtMost: "easy" })).toEqual({
      titles: ["low-easy", "medium-easy"],
      monthly: "62",
      overLimitCount: 7,
    });
    expect(await plan({ riskAtMost: "low", effortAtMost: "medium" })).toEqual({
      titles: ["low-easy", "low-medium"],
      monthly: "83",
      overLimitCount: 7,
    });
    expect((await plan({ riskAtMost: "high", effortAtMost: "hard" })).overLimitCount).toBe(0);
  });

  test("make a plan that says when it is not proven to be the best, and how much more another could save", async () => {
    const tangled = manySpanning();
    await keep(
      tangled.map(({ id, type, effects }) =>
        saving(type, machine(`vm-set-${id}`), savedTogether([{ id, type, effects }]).toFixed(2), {
          metadata: { effects },
        }),
      ),
    );
    for (const name of ["plan_savings", "get_savings_plan"]) {
      const [told] = (await call<Plans>(name, {})).plans;
      expect(told!.optimum.isBest).toBe(false);
      const { value, bound } = chooseRecommendations(tangled);
      expect(Number(told!.monthlySavings.value)).toBeCloseTo(Number(value), 0);
      expect(Number(told!.optimum.monthlyBound.value)).toBeCloseTo(Number(bound), 0);
    }
  });

  test("are of one organization, and nothing for an auditor", async () => {
    await keep([saving("idle_vm", machine("vm-a"), "80")]);
    const other = await tools.createOrganization("Fabrikam");
    expect(await call<Page>("search_recommendations", {}, "admin", other)).toMatchObject({
      totalCount: 0,
      types: [],
    });
    expect(await call<Sum>("sum_recommendations", {}, "admin", other)).toMatchObject({
      recommendationCount: 0,
      alone: [],
      together: [],
    });
    for (const name of ["search_recommendations", "sum_recommendations", "get_savings_plan"]) {
      await expect(call(name, {}, "auditor"), name).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
