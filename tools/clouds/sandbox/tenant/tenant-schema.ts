import { z } from "zod";
import { StoredBlob } from "./blob-schema.ts";
import { Day } from "./day-schema.ts";

/** With at most 6 decimals: sums of millions of rows stay exact, in JSON numbers too. */
const Amount = z
  .string()
  .regex(/^-?\d{1,9}(\.\d{1,6})?$/, 'a decimal in quotes with at most 6 decimals, as "12.5"');

const Currency = z.string().regex(/^[A-Z]{3}$/, "three capital letters, as EUR");

/** What a charge costs each day. Days are UTC; amounts are in the charge's currency. */
const DailyAmount = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fixed"), daily: Amount }).describe("The same every day."),
  z.object({
    kind: z.literal("rhythm"),
    daily: Amount,
    weekday: z.array(z.number().min(0)).length(7).describe("Factors for Monday to Sunday."),
    monthlyGrowthPercent: z
      .number()
      .gt(-100)
      .default(0)
      .describe("Compound growth a 30-day month, counted from `growthFrom`."),
    growthFrom: Day,
    noisePercent: z
      .number()
      .min(0)
      .max(100)
      .default(0)
      .describe("Each day differs by up to this much, the same at every start."),
    monthEndFactor: z
      .number()
      .min(0)
      .default(1)
      .describe("Factor on the last two days of each month, e.g. closing jobs."),
  }),
  z
    .object({ kind: z.literal("monthly"), dayOfMonth: z.int().min(1).max(28), amount: Amount })
    .describe("Once a month, e.g. a purchase, a refund or a tax."),
  z
    .object({ kind: z.literal("series"), from: Day, amounts: z.array(Amount) })
    .describe("One amount a day from `from` on; nothing before and after."),
  z
    .object({ kind: z.literal("remainder"), daily: Amount, of: z.array(z.string()) })
    .describe(
      "What the charges `of` (their ids) leave of a commitment's daily amount: an unused reservation.",
    ),
]);

const chargeTypes = [
  "Usage",
  "Purchase",
  "Refund",
  "Tax",
  "Adjustment",
  "UnusedReservation",
  "UnusedSavingsPlan",
] as const;

const Charge = z.object({
  id: z.string().min(1).describe("Any text, once in the file."),
  subscriptionId: z.string().describe("One of `subscriptions`; the one that its resource is in."),
  resourceId: z
    .string()
    .nullable()
    .describe("Null for charges that belong to no resource. It may name a resource that no longer exists."),
  resourceType: z.string().default(""),
  resourceLocation: z.string().default(""),
  service: z
    .string()
    .min(1)
    .describe(
      'Azure\'s ServiceName. Savings tell by it what a charge is for: "Virtual Machines" compute, "Virtual Machines Licenses" Windows, "Storage" disks, snapshots and accounts, "Virtual Network", "Load Balancer" and "Bandwidth" network; anything else ("SQL Database", "Azure App Service") the resource itself.',
    ),
  meterSubCategory: z.string().default(""),
  meter: z.string().default(""),
  chargeType: z
    .enum(chargeTypes)
    .default("Usage")
    .describe("Savings are of usage alone: purchases, refunds and taxes on a resource change none."),
  pricingModel: z
    .enum(["OnDemand", "Reservation", "SavingsPlan", "Spot"])
    .default("OnDemand")
    .describe(
      'Who pays. What a commitment pays is shownIn "amortized" on the machine; its purchase is a charge of its own shownIn "actual".',
    ),
  benefitName: z.string().default("").describe("Name of the reservation or savings plan that pays."),
  shownIn: z
    .enum(["both", "actual", "amortized"])
    .default("both")
    .describe("Which cost shows it: what is billed (actual), what is used (amortized), or both."),
  stopsWithVm: z
    .boolean()
    .default(false)
    .describe("True for compute meters: nothing while the VM is deallocated."),
  from: Day.optional(),
  to: Day.optional().describe("First day without the charge."),
  currency: Currency.optional().describe(
    "ISO 4217, where it is billed in another than the tenant's. Such costs stand apart: in no total of the tenant's, nor of the truth.",
  ),
  amount: DailyAmount,
  events: z
    .array(z.object({ from: Day, to: Day, factor: z.number().min(0) }))
    .default([])
    .describe("Days that cost a multiple of the usual, half-open."),
});
export type Charge = z.infer<typeof Charge>;

/** When a VM is on. Hours and days are UTC. */
const Power = z.object({
  state: z
    .enum(["running", "deallocated", "stopped"])
    .default("running")
    .describe("Now. A stopped VM is billed, a deallocated one is not."),
  /** Since when, for "deallocated" and "stopped"; before it the VM ran. */
  since: Day.optional(),
  offPeriods: z
    .array(z.object({ from: Day, to: Day }))
    .default([])
    .describe("Half-open spans in which the VM was deallocated."),
  officeHours: z
    .object({ from: z.int().min(0).max(23), to: z.int().min(1).max(24) })
    .optional()
    .describe("Runs only in these hours, Monday to Friday."),
});
export type Power = z.infer<typeof Power>;

const scheduleFields = {
  weekdays: z
    .array(z.int().min(1).max(7))
    .optional()
    .describe("1 Monday to 7 Sunday; absent: every day of the week."),
  lastDaysOfMonth: z.int().min(1).max(31).optional().describe("Only on so many last days of each month."),
  from: z.int().min(0).max(23).describe("Hour of the day, UTC."),
  to: z.int().min(1).max(24).describe("Hour after the last."),
};
/** When something happens by the calendar. */
export type Schedule = z.infer<z.ZodObject<typeof scheduleFields>>;

const officeHours = "Office hours are Monday to Friday, 07:00 to 18:00 UTC";

/** Hourly behaviour of a VM; points are computed from it, never stored. */
const Usage = z.object({
  cpuNightPercent: z.number().min(0).max(100).describe(`Mean CPU outside office hours. ${officeHours}.`),
  cpuDayPercent: z
    .number()
    .min(0)
    .max(100)
    .describe(
      "Mean CPU in office hours. An hour's average is between 0.75 and 1.25 times it, its maximum between 1.2 and 1.9 times that average.",
    ),
  burst: z
    .object({ everyHours: z.int().min(2), cpuPercent: z.number().min(0).max(100) })
    .optional()
    .describe("One hour in `everyHours` has a maximum of `cpuPercent` (and 0.8 of it on average)."),
  scheduled: z
    .array(z.object({ ...scheduleFields, cpuPercent: z.number().min(0).max(100) }))
    .optional()
    .describe("Hours with a load of their own: a weekly batch, month-end jobs. As `burst`, and before it."),
  alternatesWeekly: z
    .boolean()
    .default(false)
    .describe("Every other week it is busy exactly when it is quiet in the weeks between."),
  memoryBytes: z.number().positive().describe("What the size has, e.g. 17179869184 for 16 GiB."),
  memoryMissing: z.boolean().default(false).describe("Monitor has no memory of it, as without the agent."),
  memoryUsedShare: z.number().min(0).max(1).describe("Give or take 5 % of itself."),
  networkInBytesPerHour: z
    .number()
    .min(0)
    .describe(
      "In office hours, give or take a fifth; outside them less, by cpuNightPercent / cpuDayPercent.",
    ),
  networkOutBytesPerHour: z.number().min(0).describe("As networkInBytesPerHour."),
  diskReadBytesPerHour: z.number().min(0).default(0).describe("As networkInBytesPerHour."),
  diskWriteBytesPerHour: z.number().min(0).default(0).describe("As networkInBytesPerHour."),
  idleSince: Day.optional().describe(
    "From this day the VM does nothing: under 2 % CPU and almost no network.",
  ),
  missing: z.boolean().default(false).describe("Monitor has no points at all, as when diagnostics are off."),
  missingMetrics: z
    .array(z.string())
    .optional()
    .describe('Metrics without any point, by Azure\'s names: "Network Out Total", "Disk Read Bytes", …'),
  gapEveryHours: z.int().min(2).optional().describe("One hour in `gapEveryHours` has no point."),
});
export type Usage = z.infer<typeof Usage>;

/** Hourly behaviour of anything but a VM, one entry a metric; points are computed from it, never stored. */
const Activity = z.object({
  metric: z
    .string()
    .describe(
      'Azure\'s name: "Transactions", "dtu_consumption_percent", …; "Transactions/GetBlob" is what a filter on ApiName takes of it.',
    ),
  day: z
    .number()
    .min(0)
    .describe(
      "Usual value in office hours, give or take a fifth: the hour's total of a counter, else its average.",
    ),
  night: z.number().min(0).describe("The same at night and on weekends."),
  peak: z.number().min(0).optional().describe("Highest value of a gauge in an hour; default: half more."),
  burst: z
    .object({ everyHours: z.int().min(2), value: z.number().min(0) })
    .optional()
    .describe("One hour in `everyHours` has this value, e.g. a nightly job."),
  scheduled: z
    .array(z.object({ ...scheduleFields, value: z.number().min(0) }))
    .optional()
    .describe("Hours with a value of their own, as of month-end jobs."),
  growthPercent: z.number().default(0).describe("Compound growth a 30-day month, as of a store that fills."),
  noneSince: Day.optional().describe("Nothing happens from this day on: zeros, not gaps."),
});
export type Activity = z.infer<typeof Activity>;

/** JSON Schema knows no flag for it. */
const anyCase = (word: string) =>
  [...word].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join("");
const resourceId = new RegExp(
  `^/${anyCase("subscriptions")}/[^/]+/${anyCase("resourceGroups")}/[^/]+/${anyCase("providers")}/.+/.+/.+$`,
);

const Resource = z.object({
  id: z
    .string()
    .regex(resourceId, "no id of a resource: /subscriptions/…/resourceGroups/…/providers/…/TYPE/NAME")
    .describe(
      "Full Azure id, in any casing: /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/disks/d1",
    ),
  name: z.string().min(1),
  type: z.string().regex(/.+\/.+/, "a type as Microsoft.Compute/disks"),
  location: z.string().describe('A region of Azure ("westeurope" or "West Europe"), or "global".'),
  kind: z.string().optional(),
  managedBy: z.string().optional().describe("Of a disk: the id of its VM."),
  sku: z.record(z.string(), z.unknown()).optional().describe('As Azure has it: { "name": "Premium_LRS" }'),
  zones: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()).default({}),
  properties: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("As Resource Graph shows them; README.md says which ones are read of each type."),
  power: Power.optional().describe("Of a VM; absent: it runs always."),
  usage: Usage.optional().describe("Metrics of a VM; absent: no points."),
  activity: z.array(Activity).optional().describe("Metrics of types other than VMs; absent: no points."),
});
export type Resource = z.infer<typeof Resource>;

const Scope = z
  .string()
  .regex(/^\/(subscriptions\/.+)?$/)
  .describe("A resource's, group's or subscription's full id; / for the whole tenant.");

const Lock = z.object({
  scope: Scope,
  name: z.string().min(1),
  level: z.enum(["CanNotDelete", "ReadOnly"]),
  notes: z.string().optional(),
});
export type Lock = z.infer<typeof Lock>;

const Actions = z.array(z.string()).describe('Azure operations, with *: "Microsoft.Compute/disks/*"');
const RoleAssignment = z.object({ scope: Scope, actions: Actions, notActions: Actions.default([]) });
const DenyAssignment = z.object({ scope: Scope, actions: Actions });
export type DenyAssignment = z.infer<typeof DenyAssignment>;

const PastChange = z.object({
  at: z.iso.datetime().describe("UTC, as 2026-10-12T14:03:00Z. Azure tells of the last 14 days."),
  resourceId: z.string().regex(resourceId).describe("It may name a resource that no longer exists."),
  changeType: z.enum(["Create", "Update", "Delete"]),
  changedBy: z
    .string()
    .optional()
    .describe("A person's address or an application's id; absent: unspecified."),
  changedByType: z.enum(["User", "Application", "System"]).optional(),
  clientType: z.string().optional().describe('As Azure has it: "Azure Portal", "ARM Template", "Azure CLI".'),
  operation: z.string().optional().describe('"microsoft.compute/virtualmachines/write"'),
  changes: z
    .array(
      z.object({
        path: z.string().min(1).describe('"tags.Team", "sku.capacity", "properties.hardwareProfile.vmSize"'),
        previousValue: z.string().nullable(),
        newValue: z.string().nullable(),
      }),
    )
    .default([]),
});
export type PastChange = z.infer<typeof PastChange>;

/** An estate: everything the sandbox serves. Anyone may write one. */
export const Tenant = z.object({
  version: z.literal(1),
  name: z.string().min(1),
  tenantId: z.string().regex(/^[\w.-]+$/, "a tenant's id or domain"),
  currency: Currency.default("USD").describe(
    "ISO 4217. Of every amount in the file that names no other; the price list is in it too, by the same figures.",
  ),
  seed: z.string().describe("Noise and metrics are drawn from it."),
  days: z.int().min(1).max(1100).describe("Days of cost history served, ending yesterday."),
  subscriptions: z
    .array(
      z.object({
        id: z.string().regex(/^[\w.-]+$/, "a subscription's id, without spaces or slashes"),
        name: z.string().min(1),
      }),
    )
    .min(1),
  resources: z.array(Resource),
  charges: z.array(Charge),
  history: z
    .array(PastChange)
    .optional()
    .describe(
      "What happened before the start, as `resourcechanges` tells it; resources are as it left them.",
    ),
  blobs: z
    .array(StoredBlob)
    .default([])
    .describe("What lies in the storage accounts: unmanaged disks, and what only looks like one."),
  locks: z.array(Lock).default([]).describe("Management locks at the start."),
  roleAssignments: z
    .array(RoleAssignment)
    .default([{ scope: "/", actions: ["*"], notActions: [] }])
    .describe("What the sandbox's identity may do: by default everything, everywhere."),
  denyAssignments: z
    .array(DenyAssignment)
    .default([])
    .describe("What it may not do there, whatever its roles say."),
});
export type Tenant = z.infer<typeof Tenant>;
/** As written by hand: defaults may be left out. */
export type TenantInput = z.input<typeof Tenant>;
