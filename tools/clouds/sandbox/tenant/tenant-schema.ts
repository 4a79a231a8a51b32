import { z } from "zod";

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day as YYYY-MM-DD");
/** USD with at most 6 decimals: sums of millions of rows stay exact, in JSON numbers too. */
const Amount = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/, "a decimal string with at most 6 decimals");

/** What a charge costs each day. Days are UTC; amounts are in the tenant's currency. */
const DailyAmount = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fixed"), daily: Amount }),
  z.object({
    kind: z.literal("rhythm"),
    daily: Amount,
    weekday: z.array(z.number().min(0)).length(7).describe("Factors for Monday to Sunday."),
    monthlyGrowthPercent: z
      .number()
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
  z.object({ kind: z.literal("monthly"), dayOfMonth: z.int().min(1).max(28), amount: Amount }),
  z.object({ kind: z.literal("series"), from: Day, amounts: z.array(Amount) }),
  /** What the charges `of` leave of a commitment's daily amount, e.g. an unused reservation. */
  z.object({ kind: z.literal("remainder"), daily: Amount, of: z.array(z.string()) }),
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
  id: z.string().min(1),
  subscriptionId: z.string(),
  resourceId: z
    .string()
    .nullable()
    .describe("Null for charges that belong to no resource. It may name a resource that no longer exists."),
  resourceType: z.string().default(""),
  resourceLocation: z.string().default(""),
  /** Azure's ServiceName and MeterCategory, e.g. "Virtual Machines". */
  service: z.string().min(1),
  meterSubCategory: z.string().default(""),
  meter: z.string().default(""),
  chargeType: z.enum(chargeTypes).default("Usage"),
  pricingModel: z.enum(["OnDemand", "Reservation", "SavingsPlan", "Spot"]).default("OnDemand"),
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
  amount: DailyAmount,
  events: z
    .array(z.object({ from: Day, to: Day, factor: z.number().min(0) }))
    .default([])
    .describe("Days that cost a multiple of the usual, half-open."),
});
export type Charge = z.infer<typeof Charge>;

/** When a VM is on. Hours and days are UTC. */
const Power = z.object({
  state: z.enum(["running", "deallocated", "stopped"]).default("running"),
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

/** Hourly behaviour of a VM; points are computed from it, never stored. */
const Usage = z.object({
  cpuNightPercent: z.number().min(0).max(100),
  cpuDayPercent: z.number().min(0).max(100),
  burst: z
    .object({ everyHours: z.int().min(2), cpuPercent: z.number().min(0).max(100) })
    .optional()
    .describe("One hour in `everyHours` runs at `cpuPercent`."),
  alternatesWeekly: z
    .boolean()
    .default(false)
    .describe("Every other week it is busy exactly when it is quiet in the weeks between."),
  memoryBytes: z.number().positive(),
  memoryMissing: z.boolean().default(false).describe("Monitor has no memory of it, as without the agent."),
  memoryUsedShare: z.number().min(0).max(1),
  networkInBytesPerHour: z.number().min(0),
  networkOutBytesPerHour: z.number().min(0),
  diskReadBytesPerHour: z.number().min(0).default(0),
  diskWriteBytesPerHour: z.number().min(0).default(0),
  idleSince: Day.optional().describe(
    "From this day the VM does nothing: under 2 % CPU and almost no network.",
  ),
  missing: z.boolean().default(false).describe("Monitor has no points at all, as when diagnostics are off."),
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
    .describe("Usual value in office hours: the hour's total of a counter, else its average."),
  night: z.number().min(0).describe("The same at night and on weekends."),
  peak: z.number().min(0).optional().describe("Highest value of a gauge in an hour; default: half more."),
  burst: z
    .object({ everyHours: z.int().min(2), value: z.number().min(0) })
    .optional()
    .describe("One hour in `everyHours` has this value, e.g. a nightly job."),
  growthPercent: z.number().default(0).describe("Compound growth a 30-day month, as of a store that fills."),
  noneSince: Day.optional().describe("Nothing happens from this day on: zeros, not gaps."),
});
export type Activity = z.infer<typeof Activity>;

const Resource = z.object({
  id: z
    .string()
    .regex(/^\/subscriptions\/[^/]+\/[rR]esource[gG]roups\/[^/]+\/providers\/.+\/.+\/.+$/)
    .describe(
      "Full Azure id, in Azure's casing: /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/disks/d1",
    ),
  name: z.string().min(1),
  type: z.string().regex(/.+\/.+/),
  location: z.string(),
  kind: z.string().optional(),
  managedBy: z.string().optional(),
  sku: z.record(z.string(), z.unknown()).optional(),
  zones: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()).default({}),
  properties: z.record(z.string(), z.unknown()).default({}),
  power: Power.optional(),
  usage: Usage.optional(),
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

/** An estate: everything the sandbox serves. Anyone may write one. */
export const Tenant = z.object({
  version: z.literal(1),
  name: z.string().min(1),
  tenantId: z.string().min(1),
  currency: z.string().length(3).default("USD"),
  seed: z.string().describe("Noise and metrics are drawn from it."),
  days: z.int().min(1).max(1100).describe("Days of cost history served, ending yesterday."),
  subscriptions: z.array(z.object({ id: z.string().min(1), name: z.string().min(1) })).min(1),
  resources: z.array(Resource),
  charges: z.array(Charge),
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
