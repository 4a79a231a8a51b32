import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestTools, type TestOrganization, type TestTools } from "../../testing/test-tools.ts";
import type { CostBreakdown } from "../cost-shapes.ts";
import { ask } from "../testing/load-rows.ts";

/*
 * Invented bills of September 2026, column by column as each provider writes its FOCUS 1.0 export. Google's is a view
 * in BigQuery: its columns stand in alphabetical order with x_ columns of its own, nothing is an empty field, instants
 * are "… UTC", small amounts have an exponent, and tags are a list. Amazon's has x_ columns too, and instants with
 * milliseconds.
 */

const googleColumns =
  "AvailabilityZone,BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountCategory,CommitmentDiscountId,ConsumedQuantity,ConsumedUnit,ContractedCost,EffectiveCost,InvoiceIssuerName,ListCost,PricingCategory,ProviderName,PublisherName,RegionId,RegionName,ResourceId,ResourceName,ServiceName,SkuId,SubAccountId,SubAccountName,Tags,x_CostType,x_CreditType,x_ServiceId";
const googleCommon = {
  BillingAccountId: "01AAAA-02BBBB-03CCCC",
  BillingCurrency: "EUR",
  BillingPeriodEnd: "2026-10-01 00:00:00 UTC",
  BillingPeriodStart: "2026-09-01 00:00:00 UTC",
  ChargeCategory: "Usage",
  ChargePeriodEnd: "2026-09-05 01:00:00 UTC",
  ChargePeriodStart: "2026-09-05 00:00:00 UTC",
  InvoiceIssuerName: "Google Cloud",
  PricingCategory: "Standard",
  ProviderName: "Google Cloud",
  PublisherName: "Google Cloud",
  x_CostType: "regular",
};
const shop = { SubAccountId: "contoso-shop-prod", SubAccountName: "Shop production" };
const lab = { SubAccountId: "contoso-lab-417", SubAccountName: "Lab" };
const googleRows = [
  {
    ...shop,
    ...costs("12.5", "10"),
    ServiceName: "Compute Engine",
    RegionId: "europe-west4",
    ResourceId: "//compute.googleapis.com/projects/contoso-shop-prod/zones/europe-west4-a/instances/71",
    ResourceName: "web-1",
    Tags: '[{"key":"team","value":"web"},{"key":"env","value":"prod"}]',
  },
  // Neither resource nor region nor label: most of what Google bills is so.
  { ...shop, ...costs("0.000012", "1.2e-05"), ServiceName: "Networking", Tags: "[]" },
  {
    ...shop,
    ...costs("-2.5"),
    ChargeCategory: "Credit",
    ServiceName: "Compute Engine",
    ChargeDescription: "Sustained use discount",
    x_CreditType: "SUSTAINED_USAGE_DISCOUNT",
  },
  { ...lab, ...costs("4.25"), ServiceName: "BigQuery", RegionId: "eu" },
  { ...lab, ...costs("-4.25"), ChargeCategory: "Credit", ServiceName: "BigQuery", x_CreditType: "PROMOTION" },
  // Tax is of the billing account, of no project.
  { ...costs("2.14"), ChargeCategory: "Tax", ServiceName: "Invoice", x_CostType: "tax" },
];

const amazonColumns =
  "AvailabilityZone,BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountCategory,CommitmentDiscountId,CommitmentDiscountName,CommitmentDiscountStatus,CommitmentDiscountType,ConsumedQuantity,ConsumedUnit,ContractedCost,ContractedUnitPrice,EffectiveCost,InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,PricingQuantity,PricingUnit,ProviderName,PublisherName,RegionId,RegionName,ResourceId,ResourceName,ResourceType,ServiceCategory,ServiceName,SkuId,SkuPriceId,SubAccountId,SubAccountName,Tags,x_CostCategories,x_Discounts,x_Operation,x_ServiceCode,x_UsageType";
const plan = "arn:aws:savingsplans::111122223333:savingsplan/0a1b2c3d";
const amazonCommon = {
  BillingAccountId: "111122223333",
  BillingAccountName: "Contoso",
  BillingCurrency: "USD",
  BillingPeriodEnd: "2026-10-01T00:00:00.000Z",
  BillingPeriodStart: "2026-09-01T00:00:00.000Z",
  ChargeCategory: "Usage",
  ChargeFrequency: "Usage-Based",
  ChargePeriodEnd: "2026-09-05T01:00:00.000Z",
  ChargePeriodStart: "2026-09-05T00:00:00.000Z",
  InvoiceIssuerName: "Amazon Web Services, Inc.",
  ProviderName: "AWS",
  PublisherName: "Amazon Web Services, Inc.",
};
const production = { SubAccountId: "444455556666", SubAccountName: "production" };
const amazonRows = [
  {
    ...production,
    ...costs("0", "3.6"),
    ServiceName: "Amazon Elastic Compute Cloud",
    RegionId: "eu-central-1",
    ResourceId: "i-0123456789abcdef0",
    CommitmentDiscountCategory: "Spend",
    CommitmentDiscountId: plan,
    CommitmentDiscountStatus: "Used",
    CommitmentDiscountType: "Savings Plan",
    PricingCategory: "Committed",
    Tags: '{"team":"web","aws:createdBy":"AutoScaling"}',
    x_Discounts: "{}",
  },
  {
    SubAccountId: "111122223333",
    SubAccountName: "Contoso",
    ...costs("3.6", "0"),
    ChargeCategory: "Purchase",
    ChargeFrequency: "Recurring",
    ServiceName: "Savings Plans for AWS Compute usage",
    CommitmentDiscountId: plan,
    CommitmentDiscountType: "Savings Plan",
  },
  {
    ...production,
    ...costs("0.09"),
    ServiceName: "AWS Data Transfer",
    x_UsageType: "DataTransfer-Out-Bytes",
  },
  { ...production, ...costs("-1.5"), ChargeCategory: "Credit", ServiceName: "Amazon Simple Storage Service" },
];

function costs(billed: string, effective = billed) {
  return { BilledCost: billed, EffectiveCost: effective, ContractedCost: billed, ListCost: billed };
}

function csv(columns: string, common: object, rows: readonly object[]): string {
  const names = columns.split(",");
  const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = (row: object) => {
    const fields = Object.entries<string>({ ...common, ...row });
    // A misspelled column would be left out in silence.
    expect(fields.filter(([name]) => !names.includes(name))).toEqual([]);
    const values = new Map(fields);
    return names.map((name) => quoted(values.get(name) ?? "")).join(",");
  };
  return [columns, ...rows.map(line), ""].join("\n");
}

describeEachEngine("FOCUS files as other providers write them", (engine) => {
  let directory: string;
  let tools: TestTools;
  let organization: TestOrganization;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "co-providers-"));
    tools = createTestTools({ database: engine.database(), now: "2026-10-02T09:00:00Z" });
    organization = await tools.createOrganization("Contoso");
    for (const [name, content] of [
      ["google.csv", csv(googleColumns, googleCommon, googleRows)],
      ["amazon.csv", csv(amazonColumns, amazonCommon, amazonRows)],
    ] as const) {
      const path = join(directory, name);
      await writeFile(path, content);
      const actor = { ...tools.actor(organization), via: "local" as const };
      await tools.invoke({ actor, name: "import_focus", input: { path }, source: "terminal" });
    }
  });
  afterAll(() => rm(directory, { recursive: true }));
  const breakdown = (groupBy: string, more: object = {}) =>
    ask<CostBreakdown>(tools, organization, "get_cost_breakdown", {
      period: { start: "2026-09-01", end: "2026-10-01" },
      groupBy,
      ...more,
    });
  const only = (provider: string) => ({ filters: [{ dimension: "provider", values: [provider] }] });
  const amounts = ({ rows }: CostBreakdown) =>
    Object.fromEntries(rows.map(({ key, amount }) => [key, `${amount.value} ${amount.currency}`]));

  test("Google: each project and what is of none, credits off its cost, nothing lost of a millionth", async () => {
    const projects = await breakdown("subscription", only("gcp"));
    expect(amounts(projects)).toEqual({
      "contoso-shop-prod": "7.500012 EUR",
      "contoso-lab-417": "0 EUR",
      "": "2.14 EUR",
    });
    expect(projects.rows.find(({ key }) => key === "contoso-lab-417")!.label).toBe("Lab");
    expect(projects).toMatchObject({ rowCount: 6, total: [{ value: "9.640012", currency: "EUR" }] });
    expect(projects.charges.map(({ kind, amount }) => [kind, amount.value]).toSorted()).toEqual([
      ["credit", "-6.75"],
      ["tax", "2.14"],
    ]);
    expect(amounts(await breakdown("tag", { ...only("gcp"), tagKey: "team" }))).toMatchObject({
      web: "10 EUR",
    });
    // What has no resource is a row of its own, so that resources add up to the total.
    const resources = await breakdown("resource", only("gcp"));
    expect(resources.rows).toHaveLength(2);
    expect(resources.total).toEqual(projects.total);
  });

  test("Amazon: each account, what a savings plan pays by use and by bill", async () => {
    const effective = await breakdown("subscription", only("aws"));
    expect(amounts(effective)).toEqual({ "444455556666": "2.19 USD", "111122223333": "0 USD" });
    const billed = await breakdown("subscription", { ...only("aws"), costKind: "billed" });
    expect(amounts(billed)).toEqual({ "444455556666": "-1.41 USD", "111122223333": "3.6 USD" });
    expect(effective.total).toEqual(billed.total);
    expect(amounts(await breakdown("tag", { ...only("aws"), tagKey: "team" }))).toMatchObject({
      web: "3.6 USD",
    });
  });

  test("both beside each other are of two currencies, never added", async () => {
    expect((await breakdown("provider")).total).toEqual([
      { value: "9.640012", currency: "EUR" },
      { value: "2.19", currency: "USD" },
    ]);
  });
});
