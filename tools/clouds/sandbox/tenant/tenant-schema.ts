import { z } from "zod";

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day as YYYY-MM-DD");
/** USD with at most 6 decimals: sums of millions of rows stay exact, in JSON numbers too. */
const Amount = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/, "a decimal string with at most 6 decimals");

/** What a charge costs each day. Days are UTC; amounts are in the tenant's currency. */
export const DailyAmount = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fixed"), daily: Amount }),
  z.object({
    kind: z.literal("rhythm"),
    daily: Amount,
    /** Factors for Monday to Sunday. */
    weekday: z.array(z.number().min(0)).length(7),
    /** Compound growth a 30-day month, counted from `growthFrom`. */
    monthlyGrowthPercent: z.number().default(0),
    growthFrom: Day,
    /** Each day differs by up to this much, the same at every start. */
    noisePercent: z.number().min(0).max(100).default(0),
    /** Factor on the last two days of each month, e.g. closing jobs. */
    monthEndFactor: z.number().min(0).default(1),
  }),
  z.object({ kind: z.literal("monthly"), dayOfMonth: z.int().min(1).max(28), amount: Amount }),
  z.object({ kind: z.literal("series"), from: Day, amounts: z.array(Amount) }),
  /** What the charges `of` leave of a commitment's daily amount, e.g. an unused reservation. */
  z.object({ kind: z.literal("remainder"), daily: Amount, of: z.array(z.string()) }),
]);
export type DailyAmount = z.infer<typeof DailyAmount>;

export const chargeTypes = [
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
  /** Null for charges that belong to no resource. It may name a resource that no longer exists. */
  resourceId: z.string().nullable(),
  resourceType: z.string().default(""),
  resourceLocation: z.string().default(""),
  /** Azure's ServiceName and MeterCategory, e.g. "Virtual Machines". */
  service: z.string().min(1),
  meterSubCategory: z.string().default(""),
  meter: z.string().default(""),
  chargeType: z.enum(chargeTypes).default("Usage"),
  pricingModel: z.enum(["OnDemand", "Reservation", "SavingsPlan", "Spot"]).default("OnDemand"),
  /** Name of the reservation or savings plan that pays. */
  benefitName: z.string().default(""),
  /** Which cost shows it: what is billed (actual), what is used (amortized), or both. */
  shownIn: z.enum(["both", "actual", "amortized"]).default("both"),
  /** True for compute meters: nothing while the VM is deallocated. */
  stopsWithVm: z.boolean().default(false),
  from: Day.optional(),
  /** First day without the charge. */
  to: Day.optional(),
  amount: DailyAmount,
  /** Days that cost a multiple of the usual, half-open. */
  events: z.array(z.object({ from: Day, to: Day, factor: z.number().min(0) })).default([]),
});
export type Charge = z.infer<typeof Charge>;

/** When a VM is on. Hours and days are UTC. */
const Power = z.object({
  state: z.enum(["running", "deallocated", "stopped"]).default("running"),
  /** Since when, for "deallocated" and "stopped"; before it the VM ran. */
  since: Day.optional(),
  /** Half-open spans in which the VM was deallocated. */
  offPeriods: z.array(z.object({ from: Day, to: Day })).default([]),
  /** Runs only in these hours, Monday to Friday. */
  officeHours: z.object({ from: z.int().min(0).max(23), to: z.int().min(1).max(24) }).optional(),
});
export type Power = z.infer<typeof Power>;

/** Hourly behaviour of a VM; points are computed from it, never stored. */
const Usage = z.object({
  cpuNightPercent: z.number().min(0).max(100),
  cpuDayPercent: z.number().min(0).max(100),
  /** One hour in `everyHours` runs at `cpuPercent`. */
  burst: z.object({ everyHours: z.int().min(2), cpuPercent: z.number().min(0).max(100) }).optional(),
  memoryBytes: z.number().positive(),
  memoryUsedShare: z.number().min(0).max(1),
  networkInBytesPerHour: z.number().min(0),
  networkOutBytesPerHour: z.number().min(0),
  diskReadBytesPerHour: z.number().min(0).default(0),
  diskWriteBytesPerHour: z.number().min(0).default(0),
  /** From this day the VM does nothing: under 2 % CPU and almost no network. */
  idleSince: Day.optional(),
  /** Monitor has no points at all, as when diagnostics are off. */
  missing: z.boolean().default(false),
  /** One hour in `gapEveryHours` has no point. */
  gapEveryHours: z.int().min(2).optional(),
});
export type Usage = z.infer<typeof Usage>;

const Resource = z.object({
  /** Full Azure id, in Azure's casing: /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/disks/d1 */
  id: z.string().regex(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/.+\/.+\/.+$/i),
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
});
export type Resource = z.infer<typeof Resource>;

/** An estate: everything the sandbox serves. Anyone may write one. */
export const Tenant = z.object({
  version: z.literal(1),
  name: z.string().min(1),
  tenantId: z.string().min(1),
  currency: z.string().length(3).default("USD"),
  /** Noise and metrics are drawn from it. */
  seed: z.string(),
  /** Days of cost history served, ending yesterday. */
  days: z.int().min(1).max(1100),
  subscriptions: z.array(z.object({ id: z.string().min(1), name: z.string().min(1) })).min(1),
  resources: z.array(Resource),
  charges: z.array(Charge),
});
export type Tenant = z.infer<typeof Tenant>;
/** As written by hand: defaults may be left out. */
export type TenantInput = z.input<typeof Tenant>;
