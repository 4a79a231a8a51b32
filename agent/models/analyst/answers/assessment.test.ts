import { withTenant } from "@cloudoptima/db/client.ts";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { goodPlatform } from "@cloudoptima/tools/assessment/testing/good-platform.ts";
import { assessed } from "@cloudoptima/tools/assessment/testing/good-resource.ts";
import { keepInventory } from "@cloudoptima/tools/assessment/testing/keep-inventory.ts";
import { beforeAll, expect, test } from "vitest";
import { type AgentEstate, createAgentEstate, now } from "../../../testing/agent-estate.ts";

const good = assessed(goodPlatform.find(({ name }) => name === "st")!);
const account = (name: string, resourceGroup: string, properties: Record<string, unknown>) => ({
  ...good,
  id: `${good.id}${name}`,
  name,
  resourceGroup,
  properties: { ...good.properties, ...properties },
});

/** A question, the tool that answers it, its input, and what the answer says. */
const cases: [string, string, Record<string, unknown>, RegExp][] = [
  [
    "how good is our reliability?",
    "get_assessment",
    { pillar: "reliability" },
    /Reliability scores 100.0 %|100 %/,
  ],
  ["what is our security score?", "get_assessment", { pillar: "security" }, /Security scores \d\d/],
  [
    "which checks fail in rg-data?",
    "get_assessment",
    { resourceGroup: "rg-data" },
    /SEC-ST-02 \(high\): 1 fail/,
  ],
  [
    "is our storage secure?",
    "get_assessment",
    { resourceType: "storage account", pillar: "security" },
    /SEC-ST-02/,
  ],
  ["which pillar is the worst?", "get_assessment", {}, /Security is the weakest pillar/],
  [
    "how has our score changed?",
    "get_assessment",
    {},
    /The estate scores [\d.]+ %\. It was first assessed on 23 Nov 2026: there is no earlier run/,
  ],
  [
    "did our security score get better since last month?",
    "get_assessment",
    { pillar: "security" },
    /Security scores [\d.]+ %\. It was first assessed on 23 Nov 2026/,
  ],
  ["has reliability improved?", "get_assessment", { pillar: "reliability" }, /no earlier run/],
  [
    "how reliable is rg-data",
    "get_assessment",
    { pillar: "reliability", resourceGroup: "rg-data" },
    /Reliability scores/,
  ],
  [
    "resource groups ranked by Well-Architected score",
    "get_assessment",
    { by: "resource_group" },
    /rg-data has the lowest score/,
  ],
  [
    "rank the resource groups by security",
    "get_assessment",
    { by: "resource_group", pillar: "security" },
    /rg-data has the lowest security score/,
  ],
  [
    "which checks could not be evaluated?",
    "get_assessment",
    {},
    /could not be told|Every check could be judged/,
  ],
  [
    "which resource groups have the worst scores?",
    "get_assessment",
    { by: "resource_group" },
    /rg-data has the lowest/,
  ],
  ["what is SEC-ST-02?", "explain_check", { checkId: "SEC-ST-02" }, /stold/],
  ["explain rel-vm-03", "explain_check", { checkId: "REL-VM-03" }, /0 resources fail and 0 pass/],
  [
    "which checks fail for stold?",
    "get_assessment",
    { resource: "stold" },
    /1 check fails for stold, severest first/,
  ],
  [
    "which checks fail for stgood",
    "get_assessment",
    { resource: "stgood" },
    /stgood fails none of the checks/,
  ],
  ["how well architected are we?", "get_assessment", {}, /The estate scores/],
];

// What the tools answer is tested on both engines beside them: this is how it is understood and said.
describeOneEngine("server", "the analyst on the assessment", (engine) => {
  let estate: AgentEstate;
  beforeAll(async () => {
    estate = await createAgentEstate(engine.database());
    const { actor, service } = estate;
    await withTenant(engine.database(), actor.organizationId, { access: "write" }, (transaction) =>
      keepInventory(transaction, actor.organizationId, new Date(now), [
        account("stgood", "rg-web", {}),
        account("stold", "rg-data", { minimumTlsVersion: "TLS1_0" }),
      ]),
    );
    await service.invoke({ actor, name: "run_assessment", input: {}, source: "web" });
  });

  test.each(cases)("%s", async (question, tool, input, said) => {
    const { answer, toolCalls } = await estate.ask(question);
    expect(toolCalls, answer).toMatchObject([{ name: tool, input }]);
    expect(answer.replaceAll(/[*\\`]/g, "")).toMatch(said);
    expect(answer).not.toContain("unproven");
  });
});
