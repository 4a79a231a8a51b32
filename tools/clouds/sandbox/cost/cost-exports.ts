import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Estate } from "../estate.ts";
import { dayText, monthStart } from "../tenant/days.ts";
import { stableUuid } from "../tenant/random.ts";
import type { Charge } from "../tenant/tenant-schema.ts";
import type { Ledger } from "./ledger.ts";
import { microsToText } from "./micros.ts";

/** Which exports an estate writes: FOCUS, or actual and amortized cost apart. */
const exportSets = { focus: ["FocusCost"], pair: ["ActualCost", "AmortizedCost"] } as const;
export type ExportSet = keyof typeof exportSets;
type ExportType = (typeof exportSets)[ExportSet][number];

export interface Blob {
  name: string;
  content: Buffer;
  modifiedAt: Date;
  etag: string;
  /** Base64, as Azure keeps it. */
  md5: string;
}

const ROWS_PER_PART = 20_000;
const DAY_MS = 86_400_000;
/** Azure exports a month for the last time some days into the next one. */
const LAST_RUN_DAY = 5;

/** What the estate's daily exports have written by now: of each month of its history the newest run, in order of name. */
export function costExports(estate: Estate, ledger: Ledger, set: ExportSet): Blob[] {
  const window = ledger.window();
  const blobs: Blob[] = [];
  for (let month = monthStart(window.first); month <= window.last; month = monthStart(month, 1)) {
    const days = {
      first: Math.max(month, window.first),
      last: Math.min(monthStart(month, 1) - 1, window.last),
    };
    for (const type of exportSets[set]) blobs.push(...writeRun(estate, ledger, type, month, days));
  }
  return blobs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function writeRun(
  estate: Estate,
  ledger: Ledger,
  type: ExportType,
  month: number,
  days: { first: number; last: number },
): Blob[] {
  const name = `${type.toLowerCase().replace("cost", "")}-daily`;
  const next = monthStart(month, 1);
  const runDay = Math.min(ledger.window().last + 1, next + LAST_RUN_DAY);
  const submitted = new Date(runDay * DAY_MS + 4 * 3_600_000);
  // Writes change costs from their day on: a month that is over stays as it was exported.
  const runId = stableUuid(`${type} ${month} ${runDay} ${runDay > next ? 0 : estate.version}`);
  const span = [month, next - 1].map((day) => dayText(day).replaceAll("-", "")).join("-");
  const folder = `costs/${name}/${span}/${runId}`;
  const rows = rowsOf(estate, ledger, type, month, days);
  const parts: Blob[] = [];
  const counts: number[] = [];
  for (let from = 0; from < Math.max(1, rows.length); from += ROWS_PER_PART) {
    const own = rows.slice(from, from + ROWS_PER_PART);
    const text = `${[headers[type], ...own].join("\r\n")}\r\n`;
    const number = String(parts.length + 1).padStart(4, "0");
    parts.push(blob(`${folder}/part_0_${number}.csv.gz`, gzipSync(text, { level: 1 }), submitted));
    counts.push(own.length);
  }
  const manifest = {
    manifestVersion: "2024-04-01",
    byteCount: parts.reduce((sum, { content }) => sum + content.length, 0),
    blobCount: parts.length,
    dataRowCount: rows.length,
    exportConfig: {
      exportName: name,
      resourceId: `/providers/Microsoft.Billing/billingAccounts/${estate.tenant.tenantId}/providers/Microsoft.CostManagement/exports/${name}`,
      dataVersion: type === "FocusCost" ? "1.0r2" : "2021-10-01",
      apiVersion: "2023-07-01-preview",
      type,
      timeFrame: "MonthToDate",
      granularity: "Daily",
    },
    deliveryConfig: {
      partitionData: true,
      dataOverwriteBehavior: "OverwritePreviousReport",
      fileFormat: "Csv",
      compressionMode: "Gzip",
    },
    runInfo: {
      executionType: "Scheduled",
      submittedTime: submitted.toISOString(),
      runId,
      startDate: `${dayText(days.first)}T00:00:00`,
      endDate: `${dayText(days.last)}T00:00:00`,
    },
    blobs: parts.map((part, index) => ({
      blobName: part.name,
      byteCount: part.content.length,
      dataRowCount: counts[index],
    })),
  };
  return [...parts, blob(`${folder}/manifest.json`, Buffer.from(JSON.stringify(manifest)), submitted)];
}

function blob(name: string, content: Buffer, modifiedAt: Date): Blob {
  const md5 = createHash("md5").update(content).digest("base64");
  return { name, content, modifiedAt, md5, etag: `"${stableUuid(`${md5} ${modifiedAt.getTime()}`)}"` };
}

function rowsOf(
  estate: Estate,
  ledger: Ledger,
  type: ExportType,
  month: number,
  { first, last }: { first: number; last: number },
): string[] {
  const rows: string[] = [];
  for (const charge of ledger.charges) {
    for (let day = first; day <= last; day++) {
      const actual = ledger.amount(charge, day, "ActualCost");
      const amortized = ledger.amount(charge, day, "AmortizedCost");
      if (
        type === "FocusCost"
          ? actual === 0 && amortized === 0
          : (type === "ActualCost" ? actual : amortized) === 0
      )
        continue;
      const described = describe(charge, estate);
      const values =
        type === "FocusCost"
          ? focusValues(described, { month, day, actual, amortized })
          : classicValues(described, { month, day, micros: type === "ActualCost" ? actual : amortized });
      rows.push(values.map(quoted).join(","));
    }
  }
  return rows;
}

const headers: Record<ExportType, string> = {
  FocusCost:
    "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargePeriodEnd,ChargePeriodStart,CommitmentDiscountId,CommitmentDiscountStatus,CommitmentDiscountType,ContractedCost,EffectiveCost,ListCost,PricingCategory,ProviderName,RegionId,ResourceId,ResourceName,ServiceName,SubAccountId,SubAccountName,Tags,x_ResourceGroupName,x_ResourceType",
  ActualCost: classicHeader(),
  AmortizedCost: classicHeader(),
};

function classicHeader(): string {
  return "BillingAccountId,BillingPeriodStartDate,BillingPeriodEndDate,SubscriptionId,SubscriptionName,Date,MeterCategory,MeterSubCategory,MeterName,CostInBillingCurrency,BillingCurrencyCode,ResourceLocation,ResourceGroup,ResourceId,ResourceName,ChargeType,PricingModel,BenefitName,BenefitId,Tags";
}

function describe(charge: Charge, estate: Estate) {
  const resource = charge.resourceId ? estate.everKnown(charge.resourceId) : undefined;
  const { subscriptions, tenantId, currency } = estate.tenant;
  return {
    charge,
    account: tenantId,
    currency: charge.currency ?? currency,
    subscription: subscriptions.find(({ id }) => id === charge.subscriptionId),
    location: charge.resourceLocation || resource?.location || "",
    group: /\/resourcegroups\/([^/]+)/i.exec(charge.resourceId ?? "")?.[1] ?? "",
    type: (charge.resourceType || resource?.type || "").toLowerCase(),
    tags: resource?.tags ?? {},
    benefitId: charge.benefitName
      ? `/providers/${charge.pricingModel === "SavingsPlan" ? "Microsoft.BillingBenefits/savingsPlanOrders" : "Microsoft.Capacity/reservationOrders"}/${stableUuid(charge.benefitName)}`
      : "",
  };
}
type Described = ReturnType<typeof describe>;

function classicValues(
  row: Described,
  { month, day, micros }: { month: number; day: number; micros: number },
) {
  const { charge } = row;
  const american = (at: number) => dayText(at).replace(/^(\d+)-(\d+)-(\d+)$/, "$2/$3/$1");
  return [
    row.account,
    american(month),
    american(monthStart(month, 1) - 1),
    charge.subscriptionId,
    row.subscription?.name ?? "",
    american(day),
    charge.service,
    charge.meterSubCategory,
    charge.meter,
    microsToText(micros),
    row.currency,
    row.location,
    row.group,
    charge.resourceId ?? "",
    charge.resourceId?.split("/").at(-1) ?? "",
    charge.chargeType,
    charge.pricingModel,
    charge.benefitName,
    row.benefitId,
    JSON.stringify(row.tags),
  ];
}

function focusValues(
  row: Described,
  { month, day, actual, amortized }: { month: number; day: number; actual: number; amortized: number },
) {
  const { charge } = row;
  const time = (at: number) => `${dayText(at)}T00:00:00Z`;
  const isUnused = charge.chargeType.startsWith("Unused");
  const isUsage = isUnused || charge.chargeType === "Usage";
  const category = isUsage ? "Usage" : charge.chargeType === "Refund" ? "Purchase" : charge.chargeType;
  return [
    microsToText(actual),
    row.account,
    row.currency,
    time(monthStart(month, 1)),
    time(month),
    category,
    charge.chargeType === "Refund" ? "Correction" : "",
    time(day + 1),
    time(day),
    row.benefitId,
    isUnused ? "Unused" : isUsage && row.benefitId ? "Used" : "",
    row.benefitId ? (charge.pricingModel === "SavingsPlan" ? "Savings Plan" : "Reservation") : "",
    microsToText(amortized),
    microsToText(amortized),
    microsToText(amortized),
    charge.pricingModel === "OnDemand" ? "Standard" : "Committed",
    "Microsoft",
    row.location,
    charge.resourceId ?? "",
    charge.resourceId?.split("/").at(-1) ?? "",
    charge.service,
    `/subscriptions/${charge.subscriptionId}`,
    row.subscription?.name ?? "",
    JSON.stringify(row.tags),
    row.group,
    row.type,
  ];
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
