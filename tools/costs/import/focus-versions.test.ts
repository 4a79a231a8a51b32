import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestTools } from "../../testing/test-tools.ts";
import { keptAt, visibleTotals } from "../load/testing.ts";
import importFocus from "./import-focus.operation.ts";

// The whole column set of each version of the Cost and Usage data set, as focus.finops.org publishes it.
const version10 = [
  ...["AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency"],
  ...["BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription"],
  ...["ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "CommitmentDiscountCategory"],
  ...["CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountStatus"],
  ...["CommitmentDiscountType", "ConsumedQuantity", "ConsumedUnit", "ContractedCost", "ContractedUnitPrice"],
  ...["EffectiveCost", "InvoiceIssuerName", "ListCost", "ListUnitPrice", "PricingCategory"],
  ...["PricingQuantity", "PricingUnit", "ProviderName", "PublisherName", "RegionId", "RegionName"],
  ...["ResourceId", "ResourceName", "ResourceType", "ServiceCategory", "ServiceName", "SkuId", "SkuPriceId"],
  ...["SubAccountId", "SubAccountName", "Tags"],
];
const version11 = [
  ...version10,
  ...["CapacityReservationId", "CapacityReservationStatus", "CommitmentDiscountQuantity"],
  ...["CommitmentDiscountUnit", "ServiceSubcategory", "SkuMeter", "SkuPriceDetails"],
];
const version12 = [
  ...version11,
  ...["BillingAccountType", "InvoiceId", "PricingCurrency", "PricingCurrencyContractedUnitPrice"],
  ...["PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "SubAccountType"],
];
const version13 = [
  ...version12,
  ...["AllocatedMethodDetails", "AllocatedMethodId", "AllocatedResourceId", "AllocatedResourceName"],
  ...["AllocatedTags", "ContractApplied", "HostProviderName", "ServiceProviderName"],
];
const version14 = [
  ...version13.filter((name) => name !== "ProviderName" && name !== "PublisherName"),
  ...["CommitmentProgramEligibilityDetails", "InvoiceDetailId"],
];
const versions: [string, string[], number][] = [
  ["1.0", version10, 43],
  ["1.1", version11, 50],
  ["1.2", version12, 57],
  ["1.3", version13, 65],
  ["1.4", version14, 65],
];

const resourceId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/web-prod/providers/Microsoft.Compute/virtualMachines/web-01";
/** A value for every column of every version: usage under a commitment, priced in one currency, billed in another. */
const usage: Record<string, string> = {
  AllocatedMethodDetails: '{"Elements":[{"AllocatedRatio":0.5,"UsageQuantity":"12","UsageUnit":"Pods"}]}',
  AllocatedMethodId: "even-split",
  AllocatedResourceId: "pod/web-01",
  AllocatedResourceName: "web-01 pod",
  AllocatedTags: '{"team":"allocated, not ours"}',
  AvailabilityZone: "westeurope-1",
  BilledCost: "0",
  BillingAccountId: "contoso-billing",
  BillingAccountName: "Contoso Ltd",
  BillingAccountType: "Billing Profile",
  BillingCurrency: "EUR",
  BillingPeriodEnd: "2026-10-01T00:00:00Z",
  BillingPeriodStart: "2026-09-01T00:00:00Z",
  CapacityReservationId: "/capacityReservations/one",
  CapacityReservationStatus: "Used",
  ChargeCategory: "Usage",
  ChargeClass: "",
  ChargeDescription: "D4s v5, 24 hours",
  ChargeFrequency: "Usage-Based",
  ChargePeriodEnd: "2026-09-02T00:00:00Z",
  ChargePeriodStart: "2026-09-01T00:00:00Z",
  CommitmentDiscountCategory: "Usage",
  CommitmentDiscountId: "/reservations/one",
  CommitmentDiscountName: "One year, D series",
  CommitmentDiscountQuantity: "24",
  CommitmentDiscountStatus: "Used",
  CommitmentDiscountType: "Reservation",
  CommitmentDiscountUnit: "Hours",
  CommitmentProgramEligibilityDetails: '{"Elements":[{"ProgramName":"Reservation","Eligible":true}]}',
  ConsumedQuantity: "24",
  ConsumedUnit: "Hours",
  ContractApplied: '{"Elements":[{"ContractId":"c-1","ContractCommitmentId":"cc-1"}]}',
  ContractedCost: "4.8",
  ContractedUnitPrice: "0.2",
  EffectiveCost: "3.123456789012",
  HostProviderName: "Microsoft",
  InvoiceDetailId: "INV-2026-09-7",
  InvoiceId: "INV-2026-09",
  InvoiceIssuerName: "Microsoft",
  ListCost: "5.04",
  ListUnitPrice: "0.21",
  PricingCategory: "Committed",
  PricingCurrency: "USD",
  PricingCurrencyContractedUnitPrice: "0.22",
  PricingCurrencyEffectiveCost: "99.99",
  PricingCurrencyListUnitPrice: "0.23",
  PricingQuantity: "24",
  PricingUnit: "Hours",
  ProviderName: "Microsoft",
  PublisherName: "Microsoft",
  RegionId: "westeurope",
  RegionName: "West Europe",
  ResourceId: resourceId,
  ResourceName: "web-01",
  ResourceType: "Virtual machine",
  ServiceCategory: "Compute",
  ServiceName: "Virtual Machines",
  ServiceProviderName: "Microsoft",
  ServiceSubcategory: "Virtual Machines",
  SkuId: "DZH318Z0BQ4B",
  SkuMeter: "D4s v5",
  SkuPriceDetails: '{"CoreCount":4,"OperatingSystem":"Linux"}',
  SkuPriceId: "DZH318Z0BQ4B/00X1",
  SubAccountId: "/subscriptions/00000000-0000-0000-0000-000000000001",
  SubAccountName: "Web production",
  SubAccountType: "Subscription",
  Tags: '{"team":"web, shop"}',
};
/** Tax has no resource, region, SKU or commitment; only what every version requires is filled in. */
const tax: Record<string, string> = {
  ...Object.fromEntries(Object.keys(usage).map((name) => [name, ""])),
  ...Object.fromEntries(
    [
      ...["BillingAccountId", "BillingAccountName", "BillingAccountType", "BillingCurrency", "InvoiceId"],
      ...["BillingPeriodEnd", "BillingPeriodStart", "ChargePeriodEnd", "ChargePeriodStart", "ProviderName"],
      ...["HostProviderName", "InvoiceIssuerName", "PublisherName", "ServiceCategory", "ServiceName"],
      ...["ServiceProviderName"],
    ].map((name) => [name, usage[name]!]),
  ),
  ChargeCategory: "Tax",
  BilledCost: "0.19",
  ContractedCost: "0.19",
  EffectiveCost: "0.19",
  ListCost: "0.19",
};

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "co-focus-versions-"));
});
afterAll(() => rm(directory, { recursive: true }));

describeEachEngine("FOCUS versions", (engine) => {
  test.each(versions)(
    "a file with all columns of FOCUS %s is read whole",
    async (version, columns, count) => {
      expect(new Set(columns).size).toBe(count);
      const header = [...columns].sort();
      const lines = [header, ...[usage, tax].map((row) => header.map((name) => quoted(row[name]!)))];
      const path = join(directory, `focus-${version}.csv`);
      await writeFile(path, lines.map((line) => line.join(",")).join("\n"));

      const tools = createTestTools({
        database: engine.database(),
        now: "2026-11-20T12:00:00Z",
        definitions: [importFocus],
      });
      const actor = { ...tools.actor(await tools.createOrganization()), via: "local" as const };
      const ctx = tools.context(actor);
      const { output } = await tools.invoke({
        actor,
        name: "import_focus",
        input: { path },
        source: "terminal",
      });

      expect(output).toMatchObject({ rowCount: 2, totals: [{ currency: "EUR", tiesOut: true }] });
      expect(output.deliveries).toMatchObject([{ provider: "azure", billingAccountId: "contoso-billing" }]);
      const totals = {
        currency: "EUR",
        rows: "2",
        billed: "0.19",
        effective: "3.313456789012",
        contracted: "4.99",
        list: "5.23",
      };
      for (const [level, found] of Object.entries(await visibleTotals(ctx)))
        expect(found).toEqual(keptAt(level, [totals]));

      const { rows } = await ctx.read((transaction) =>
        sql`
        select provider, billing_account_id, sub_account_id, sub_account_name, service_name, service_category,
          region, resource_group, resource_id, resource_name, resource_type, charge_category,
          commitment_discount_id, commitment_discount_type, commitment_discount_status, pricing_category, tags,
          trim_scale(consumed_quantity)::text as consumed_quantity, consumed_unit, charge_description, sku_id
        from cost_data join cost_series on id = series_id order by charge_category desc`.execute(transaction),
      );
      const common = {
        provider: "azure",
        billing_account_id: "contoso-billing",
        service_name: "Virtual Machines",
        service_category: "Compute",
      };
      expect(rows).toMatchObject([
        {
          ...common,
          charge_category: "Usage",
          sub_account_name: "Web production",
          region: "westeurope",
          resource_group: "web-prod",
          resource_id: resourceId.toLowerCase(),
          resource_name: "web-01",
          commitment_discount_id: "/reservations/one",
          commitment_discount_type: "Reservation",
          commitment_discount_status: "Used",
          pricing_category: "Committed",
          tags: { team: "web, shop" },
          consumed_quantity: "24",
          consumed_unit: "Hours",
          charge_description: "D4s v5, 24 hours",
          sku_id: "DZH318Z0BQ4B",
        },
        {
          ...common,
          charge_category: "Tax",
          sub_account_id: null,
          region: null,
          resource_id: null,
          commitment_discount_id: null,
          tags: {},
          consumed_quantity: null,
          sku_id: null,
        },
      ]);
    },
  );
});
