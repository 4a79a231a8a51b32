import { dayNumber, dayOf, dayText } from "../tenant/days.ts";
import { random, randomInteger, stableUuid } from "../tenant/random.ts";
import type { Charge, PastChange, Resource } from "../tenant/tenant-schema.ts";
import type { Builder } from "./builder.ts";
import { dailyOfMonthly, snapshotMonthlyPerGib } from "./catalog.ts";

/** Azure keeps 14 days of changes. */
const toldDays = 14;
const reviewTag = "ReviewedOn";
const reviewers = ["dana", "jonas", "mei", "platform"];
/** So many resources are reviewed in turn, a quarter of them each week. */
const reviewedCount = 12;
const reviewWeeks = 4;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * What people and automation do to the estate week by week: tags that say when a resource was reviewed, databases that
 * get twice their cores for a week and give them back, a snapshot that replaces last week's. All hangs on the calendar,
 * so that a day's cost and what a change was stay the same whenever the estate is made, and resources are as the last
 * change left them. Returns the changes of the last two weeks; the estate grows by one resource at most, up to `limit`.
 */
export function addRecentChanges(builder: Builder, now: Temporal.Instant, limit: number): PastChange[] {
  const touched = new Set(
    builder.result().plants.flatMap((plant) => ("resourceId" in plant ? plant.resourceId.toLowerCase() : [])),
  );
  const free = builder.result().resources.filter(({ id }) => !touched.has(id.toLowerCase()));
  const told = (at: number) => at <= now.epochMilliseconds && at > now.epochMilliseconds - toldDays * dayMs;
  return [
    ...reviews(builder, free, now),
    ...scaledDatabases(builder, free, now),
    ...weeklySnapshot(builder, free, now, limit),
  ]
    .filter(({ at }) => told(Date.parse(at)))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Monday of the week that a day is in. */
const mondayOf = (day: number) => day - ((((day + 3) % 7) + 7) % 7);
const iso = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");

function chosen(builder: Builder, from: readonly Resource[], count: number, what: string): Resource[] {
  const rank = ({ id }: Resource) => random(builder.seed, id.toLowerCase(), what);
  return from.toSorted((a, b) => rank(a) - rank(b)).slice(0, count);
}

function reviews(builder: Builder, free: readonly Resource[], now: Temporal.Instant): PastChange[] {
  const tagged = free.filter(({ tags }) => Object.keys(tags).length > 2);
  return chosen(builder, tagged, reviewedCount, "reviewed").flatMap((resource, index) => {
    const draw = (what: string, low: number, high: number, week: number) =>
      randomInteger(low, high, builder.seed, resource.id.toLowerCase(), what, week);
    const momentOf = (monday: number) =>
      (monday + draw("day", 1, 3, monday)) * dayMs + draw("minute", 8 * 60, 16 * 60, monday) * minuteMs;
    // The last week of this one's turn whose review has been.
    let monday = mondayOf(dayOf(now));
    while (!isTurn(monday, index) || momentOf(monday) > now.epochMilliseconds) monday -= 7;
    const date = (of: number) => iso(momentOf(of)).slice(0, 10);
    resource.tags = { ...resource.tags, [reviewTag]: date(monday) };
    return {
      at: iso(momentOf(monday)),
      resourceId: resource.id,
      changeType: "Update",
      changedBy: `${reviewers[draw("reviewer", 0, reviewers.length - 1, monday)]}@contoso.example`,
      changedByType: "User",
      clientType: "Azure Portal",
      operation: "microsoft.resources/tags/write",
      changes: [
        { path: `tags.${reviewTag}`, previousValue: date(monday - 7 * reviewWeeks), newValue: date(monday) },
      ],
    } satisfies PastChange;
  });
}

const isTurn = (monday: number, index: number) =>
  Math.floor(monday / 7) % reviewWeeks === index % reviewWeeks;

/** In which days of a cycle of 28 a database has twice its cores: one goes up when the other has come down. */
const cycleDays = 28;
const scaledFrom = [3, 17];
const scaledDays = 7;

function scaledDatabases(builder: Builder, free: readonly Resource[], now: Temporal.Instant): PastChange[] {
  const charges = Map.groupBy(builder.result().charges, ({ resourceId }) => resourceId ?? "");
  const compute = ({ id }: Resource) =>
    charges.get(id)?.find(({ meter, amount }) => meter === "vCore" && amount.kind === "fixed");
  const databases = free.filter(
    (resource) =>
      resource.type === "Microsoft.Sql/servers/databases" &&
      resource.sku?.name === "GP_Gen5" &&
      compute(resource) !== undefined,
  );
  return chosen(builder, databases, scaledFrom.length, "scaled").flatMap((database, index) => {
    const charge = compute(database)!;
    const cores = Number(database.sku!.capacity);
    const changes: PastChange[] = [];
    const last = dayOf(now) + 400;
    const start = dayNumber(builder.calendar.first);
    for (let cycle = start - (start % cycleDays); cycle < last; cycle += cycleDays) {
      const [up, down] = [cycle + scaledFrom[index]!, cycle + scaledFrom[index]! + scaledDays];
      charge.events.push({ from: dayText(up), to: dayText(down), factor: 2 });
      changes.push(scaling(up, cores, 2 * cores), scaling(down, 2 * cores, cores));
      if (now.epochMilliseconds >= up * dayMs && now.epochMilliseconds < down * dayMs) {
        database.sku = { ...database.sku, capacity: 2 * cores };
      }
    }
    return changes;

    function scaling(day: number, from: number, to: number): PastChange {
      return {
        at: iso(day * dayMs),
        resourceId: database.id,
        changeType: "Update",
        changedBy: stableUuid(builder.seed, "automation"),
        changedByType: "Application",
        clientType: "ARM Template",
        operation: "microsoft.sql/servers/databases/write",
        changes: [{ path: "sku.capacity", previousValue: String(from), newValue: String(to) }],
      };
    }
  });
}

function weeklySnapshot(
  builder: Builder,
  free: readonly Resource[],
  now: Temporal.Instant,
  limit: number,
): PastChange[] {
  const systems = free.filter(
    ({ type, managedBy, properties }) =>
      type === "Microsoft.Compute/disks" && managedBy !== undefined && properties.osType !== undefined,
  );
  const [disk] = chosen(builder, systems, 1, "weekly snapshot");
  if (!disk || builder.count() >= limit) return [];
  // On Sundays at two: a week before Monday's is the day before it.
  const momentOf = (sunday: number) => sunday * dayMs + 2 * 60 * minuteMs;
  let present = mondayOf(dayOf(now)) + 6;
  while (momentOf(present) > now.epochMilliseconds) present -= 7;
  const place = {
    subscription: (["production", "development", "shared"] as const).find(
      (key) => builder.subscriptionId(key) === disk.id.split("/")[2],
    )!,
    group: disk.id.split("/")[4]!,
    region: disk.location,
    tags: disk.tags,
  };
  const nameOf = (sunday: number) => `snap-weekly-${disk.name.replace(/^disk-/, "")}-${dayText(sunday)}`;
  const idOf = (sunday: number) => builder.id(place, "Microsoft.Compute/snapshots", nameOf(sunday));
  const sizeGb = Number(disk.properties.diskSizeGB);
  builder.add(place, {
    type: "Microsoft.Compute/snapshots",
    name: nameOf(present),
    sku: { name: "Standard_LRS", tier: "Standard" },
    properties: {
      diskSizeGB: sizeGb,
      diskState: "Unattached",
      incremental: false,
      timeCreated: iso(momentOf(present)).replace("Z", ".0000000+00:00"),
      creationData: { createOption: "Copy", sourceResourceId: disk.id },
    },
  });
  const first = dayNumber(builder.calendar.first);
  for (let sunday = present; sunday > first - 7; sunday -= 7) {
    const charge: Pick<Charge, "service" | "meter" | "amount"> = {
      service: "Storage",
      meter: "Snapshots LRS",
      amount: { kind: "fixed", daily: dailyOfMonthly(sizeGb * snapshotMonthlyPerGib) },
    };
    builder.looseCharge({
      ...charge,
      id: `${idOf(sunday).toLowerCase()}#week`,
      subscriptionId: disk.id.split("/")[2]!,
      resourceId: idOf(sunday),
      resourceType: "Microsoft.Compute/snapshots",
      resourceLocation: disk.location,
      meterSubCategory: "Standard HDD Managed Disks",
      from: dayText(sunday),
      to: dayText(sunday + 7),
    });
  }
  const by = {
    changedBy: stableUuid(builder.seed, "backup"),
    changedByType: "Application",
    clientType: "Azure CLI",
  } as const;
  return [present, present - 7].flatMap((sunday): PastChange[] => [
    {
      ...by,
      at: iso(momentOf(sunday)),
      resourceId: idOf(sunday),
      changeType: "Create",
      operation: "microsoft.compute/snapshots/write",
      changes: [],
    },
    {
      ...by,
      at: iso(momentOf(sunday) + 3 * minuteMs),
      resourceId: idOf(sunday - 7),
      changeType: "Delete",
      operation: "microsoft.compute/snapshots/delete",
      changes: [],
    },
  ]);
}
