import type { StoredResource } from "@cloudoptima/db/queries/resources.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findProblems } from "./find-problems.ts";
import { matchesPattern } from "./matches-pattern.ts";
import { parsePolicy } from "./parse-policy.ts";
import { publicAddresses } from "./public-addresses.ts";

const resource = (changes: Partial<StoredResource> = {}): StoredResource => ({
  id: "/subscriptions/s1/resourcegroups/rg-web/providers/microsoft.compute/virtualmachines/vm-1",
  provider: "azure",
  type: "microsoft.compute/virtualmachines",
  name: "vm-1",
  subscriptionId: "s1",
  resourceGroup: "rg-web",
  region: "westeurope",
  tags: { environment: "prod", Owner: " " },
  properties: { hardwareProfile: { vmSize: "Standard_D4s_v5" } },
  status: "running",
  connectionId: "c1",
  discoveredAt: new Date(0),
  lastSeen: new Date(0),
  goneAt: null,
  ...changes,
});
const around = { subscriptionName: "Production", publicAddresses: [] as string[] };
const policy = (condition: string, scope = "") =>
  parsePolicy(`policy:\n  name: P\n  severity: low\n${scope}  condition:\n${condition}`).policy;
const problems = (condition: string, changes: Partial<StoredResource> = {}, addresses: string[] = []) =>
  findProblems(policy(condition), resource(changes), { ...around, publicAddresses: addresses });

describe("what is against a policy", () => {
  it("tags that are missing or empty, whatever their case", () => {
    expect(problems("    required_tags: [Environment, CostCenter, owner]")).toEqual([
      "The tag CostCenter is missing.",
      "The tag owner is missing.",
    ]);
    expect(problems("    required_tags: [Environment]", { tags: {} })).toHaveLength(1);
  });

  it("a tag's value, where the tag is there", () => {
    const condition = "    allowed_tag_values: { Environment: [dev, test] }";
    expect(problems(condition)).toEqual(['The tag Environment is "prod", not one of: dev, test.']);
    expect(problems(condition, { tags: {} })).toEqual([]);
  });

  it("a region, however it is spelt; what is global has none", () => {
    const condition = "    allowed_regions: [West Europe, northeurope]";
    expect(problems(condition)).toEqual([]);
    expect(problems(condition, { region: "eastus" })).toEqual([
      "It is in eastus, not in West Europe, northeurope.",
    ]);
    expect(problems(condition, { region: "global" })).toEqual([]);
  });

  it("a machine's size, or the sku of what else has one", () => {
    const condition = "    allowed_sizes: [standard_d*, Standard_LRS]";
    expect(problems(condition)).toEqual([]);
    expect(problems(condition, { properties: { sku: { name: "Premium_LRS" } } })).toHaveLength(1);
    expect(problems(condition, { properties: {} })).toEqual([]);
  });

  it("a public address, of a card, the machine on it, and a load balancer", () => {
    const address = "/subscriptions/s1/providers/Microsoft.Network/publicIPAddresses/ip-1";
    const configuration = [{ properties: { publicIPAddress: { id: address } } }];
    const machine = resource();
    const card = resource({
      id: "card",
      type: "microsoft.network/networkinterfaces",
      properties: { ipConfigurations: configuration, virtualMachine: { id: machine.id.toUpperCase() } },
    });
    const balancer = resource({
      id: "balancer",
      type: "microsoft.network/loadbalancers",
      properties: { frontendIPConfigurations: configuration },
    });
    const inner = resource({
      id: "inner",
      type: "microsoft.network/networkinterfaces",
      properties: { ipConfigurations: [{ properties: {} }, null, 7], virtualMachine: { id: "vm-2" } },
    });
    const found = publicAddresses([machine, card, balancer, inner]);
    expect([...found.keys()].sort()).toEqual([machine.id, "balancer", "card"].sort());
    expect(problems("    public_ip: forbidden", {}, found.get(machine.id))).toEqual([
      "It is reachable by a public address: ip-1.",
    ]);
    expect(problems("    public_ip: forbidden")).toEqual([]);
  });

  it("only of what the policy is about", () => {
    const about = (scope: string) =>
      findProblems(policy("    required_tags: [X]", `  scope: {${scope}}\n`), resource(), around).length;
    expect(about("resource_types: [Microsoft.Compute/virtualMachines]")).toBe(1);
    expect(about("resource_types: [Microsoft.Compute/*]")).toBe(1);
    expect(about("resource_types: [Microsoft.Compute/disks]")).toBe(0);
    expect(about("subscriptions: [s1]") + about("subscriptions: [prod*]")).toBe(2);
    expect(about("subscriptions: [Development]")).toBe(0);
    expect(about("resource_groups: [RG-Web]")).toBe(1);
    expect(about("resource_groups: [rg-data, rg-db*]")).toBe(0);
  });
});

describe("patterns", () => {
  it("take a name by itself, and what begins with it where it ends in a star", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "B", ".", "/", "$", "[") });
    fc.assert(
      fc.property(text, text, (name, more) => {
        expect(matchesPattern([name], name.toUpperCase())).toBe(true);
        expect(matchesPattern([`${name}*`], `${name}${more}`)).toBe(true);
        if (more !== "") expect(matchesPattern([name], `${name}${more}`)).toBe(false);
      }),
    );
  });
});

describe("a policy's YAML", () => {
  const yaml = (rest: string) => `policy:\n  name: Tags\n  severity: medium\n${rest}`;
  const tags = "  condition: { required_tags: [Owner] }\n";

  it("may be written as the technical design shows it; what is not carried out is said", () => {
    const { policy, notes } = parsePolicy(`policy:
  id: "pol-001"
  name: "Require tags on all VMs"
  version: "1.0"
  severity: "medium"
  category: "governance"
  scope:
    resource_types:
      - "Microsoft.Compute/virtualMachines"
    subscriptions:
      - "*"
  condition:
    required_tags:
      - "Environment"
      - "CostCenter"
      - "Owner"
  actions:
    on_violation:
      - type: "notify"
        channels: ["email", "slack"]
      - type: "create_ticket"
        system: "jira"
    remediation:
      auto_remediate: false
      approval_required: true
`);
    expect(policy.condition).toEqual({ required_tags: ["Environment", "CostCenter", "Owner"] });
    expect(notes).toEqual([
      '"notify" is not carried out: violations are listed, nobody is told.',
      '"create_ticket" is not carried out: violations are listed, nobody is told.',
    ]);
  });

  it.each([
    [
      "changing by itself",
      `${tags}  actions: { remediation: { auto_remediate: true } }`,
      /before a person has approved/,
    ],
    [
      "going without approval",
      `${tags}  actions: { remediation: { approval_required: false } }`,
      /person's approval/,
    ],
    ["a misspelt demand", "  condition: { required_tag: [Owner] }", /condition: .*required_tag/],
    ["no demand at all", "  condition: {}", /condition: demands nothing/],
    ["no condition", "", /policy\.condition/],
    [
      "a star in the middle",
      `${tags}  scope: { resource_types: ["Micro*soft"] }`,
      /resource_types\.0: may have a \*/,
    ],
    ["a field that is said twice", "  condition: { public_ip: forbidden }\n  severity: high", /unique/],
    ["broken YAML", "  condition: [", /line|end|sequence/i],
    ["too many aliases", `  a: &a [x]\n${tags}  b: [${"*a, ".repeat(30)}]`, /alias/i],
    ["no mapping", "", /policy/],
  ])("is refused with %s", (_, rest, message) => {
    expect(() => parsePolicy(yaml(rest))).toThrow(message);
    expect(() => parsePolicy("just text")).toThrow(/cannot be used/);
  });
});
