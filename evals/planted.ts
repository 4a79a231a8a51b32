import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportEstate } from "@cloudoptima/tools/clouds/sandbox/export-estate.ts";
import { vmSizes } from "@cloudoptima/tools/clouds/sandbox/generate/catalog.ts";
import { Tenant } from "@cloudoptima/tools/clouds/sandbox/tenant/tenant-schema.ts";
import { Truth } from "@cloudoptima/tools/clouds/sandbox/truth-schema.ts";
import { demoEstate } from "@cloudoptima/tools/clouds/sandbox-thread.ts";
import { decimal, sumDecimals } from "@cloudoptima/tools/kernel/money.ts";
import { evalNow } from "./world.ts";

/** Rows by table; every value is text or null. */
export type Planted = Record<string, Record<string, string | null>[]>;

/**
 * What was planted in the demo's tenant, as its truth.json and tenant.json say it: no rule, check or query of the
 * product has touched it. Amounts a day are those of each whole day in which nothing was changed.
 */
export async function readPlanted(): Promise<Planted> {
  const directory = await mkdtemp(join(tmpdir(), "co-planted-"));
  try {
    const files = await exportEstate({ ...demoEstate, now: Temporal.Instant.from(evalNow), directory });
    const [tenant, truth] = await Promise.all(
      files.map(async (file) => JSON.parse(await readFile(file, "utf8"))),
    );
    return {
      ...plantedTruth(Truth.parse(truth)),
      ...plantedTenant(Tenant.parse(tenant)),
      planted_change: plantedChanges(Tenant.parse(tenant)),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const nameOf = (id: string) => id.split("/").at(-1)!;

function plantedTruth({ waste, traps, assessment }: Truth): Planted {
  return {
    planted_waste: waste.map(({ type, resourceId, monthlySaving, target, commitment }) => ({
      type,
      name: nameOf(resourceId),
      monthly_saving: monthlySaving,
      target: target ?? null,
      region: commitment?.region ?? null,
      flexibility_group: commitment?.flexibilityGroup ?? null,
      one_year: commitment?.oneYear.monthlySaving ?? null,
      three_years: commitment?.threeYears.monthlySaving ?? null,
    })),
    planted_trap: traps.map(({ type, resourceId }) => ({ type, name: nameOf(resourceId) })),
    planted_failure: assessment.map(({ check, resourceId }) => ({
      check_id: check,
      name: nameOf(resourceId),
    })),
  };
}

/** What happened in the two weeks before, a row for each property that it changed. */
function plantedChanges({ history = [] }: Tenant): Planted[string] {
  return history.flatMap(({ at, resourceId, changeType, changedBy, changes }) =>
    (changes.length > 0 ? changes : [undefined]).map((change) => ({
      day: at.slice(0, 10),
      name: nameOf(resourceId),
      kind: changeType,
      changed_by: changedBy ?? null,
      path: change?.path ?? null,
      from_value: change?.previousValue ?? null,
      to_value: change?.newValue ?? null,
    })),
  );
}

/** Commitments with what of them is used a day, and machines with what their whole days of September cost, and would at list. */
function plantedTenant({ resources, charges }: Tenant): Planted {
  const dailyOf = new Map(
    charges.flatMap(({ id, amount }) => (amount.kind === "fixed" ? [[id, amount.daily] as const] : [])),
  );
  const commitments = charges.flatMap(({ amount, benefitName, chargeType }) =>
    amount.kind === "remainder" && chargeType !== "Usage"
      ? [
          {
            name: benefitName,
            daily: amount.daily,
            used_daily: sumDecimals(amount.of.map((id) => dailyOf.get(id) ?? "0")).toFixed(),
          },
        ]
      : [],
  );
  const machines = resources.flatMap(({ id, type, power, properties }) => {
    const { hardwareProfile, priority } = properties as {
      hardwareProfile?: { vmSize: keyof typeof vmSizes };
      priority?: string;
    };
    const size = hardwareProfile && vmSizes[hardwareProfile.vmSize];
    const compute = charges.find(
      ({ resourceId, service, shownIn }) =>
        resourceId === id && service === "Virtual Machines" && shownIn !== "actual",
    );
    const isWhole = !power?.officeHours && power?.state !== "deallocated";
    const offDays = (power?.offPeriods ?? []).reduce((sum, off) => sum + daysInSeptember(off), 0);
    if (type.toLowerCase() !== "microsoft.compute/virtualmachines" || priority === "Spot") return [];
    if (!size || !isWhole || compute?.amount.kind !== "fixed") return [];
    return [
      {
        name: nameOf(id),
        daily: compute.amount.daily,
        list_daily: decimal(size.hourly).times(24).toFixed(),
        september_days: String(30 - offDays),
      },
    ];
  });
  return { planted_commitment: commitments, planted_machine: machines };
}

/** Days of a half-open span in September 2026. */
function daysInSeptember({ from, to }: { from: string; to: string }): number {
  const start = from > "2026-09-01" ? from : "2026-09-01";
  const end = to < "2026-10-01" ? to : "2026-10-01";
  return start < end ? Temporal.PlainDate.from(start).until(end, { largestUnit: "day" }).days : 0;
}
