import { isAzureRegion } from "./azure-regions.ts";
import type { Charge, Resource, Tenant } from "./tenant-schema.ts";

/** What is wrong with an estate that its schema cannot tell. */
export interface Contradiction {
  /** Path in the file, with the id of the resource or charge. */
  at: string;
  what: string;
  hint: string;
}

/** The first contradiction of an estate, or undefined. */
export function findContradiction(tenant: Tenant): Contradiction | undefined {
  for (const found of contradictions(tenant)) return found;
  return undefined;
}

function* contradictions(tenant: Tenant): Generator<Contradiction> {
  const subscriptions = new Set<string>();
  for (const [index, { id }] of tenant.subscriptions.entries()) {
    if (subscriptions.has(id.toLowerCase())) {
      yield twice(`subscriptions.${index}`, id);
    }
    subscriptions.add(id.toLowerCase());
  }
  const resourceIds = new Set<string>();
  for (const [index, resource] of tenant.resources.entries()) {
    const at = `resources.${index} (${shown(resource.id)})`;
    const id = resource.id.toLowerCase();
    if (resourceIds.has(id)) yield twice(at, resource.id);
    if (!subscriptions.has(id.split("/")[2]!)) yield unlisted(at);
    resourceIds.add(id);
    yield* ofResource(resource, at);
  }
  yield* ofBlobs(tenant);
  const charges = new Map<string, Charge>();
  for (const [index, charge] of tenant.charges.entries()) {
    const at = `charges.${index} (${shown(charge.id)})`;
    if (charges.has(charge.id)) yield twice(at, charge.id);
    if (!subscriptions.has(charge.subscriptionId.toLowerCase())) yield unlisted(at);
    charges.set(charge.id, charge);
    yield* reversed(`${at}.from`, charge);
    for (const [number, event] of charge.events.entries()) yield* reversed(`${at}.events.${number}`, event);
  }
  for (const [index, { id, amount }] of tenant.charges.entries()) {
    if (amount.kind !== "remainder") continue;
    const wrong = amount.of.find((other) => (charges.get(other)?.amount.kind ?? "remainder") === "remainder");
    if (wrong === undefined) continue;
    yield {
      at: `charges.${index} (${shown(id)}).amount.of`,
      what: `${shown(wrong)} is no charge that it could be the remainder of`,
      hint: "Name charges of this file that are no remainders themselves.",
    };
  }
}

function* ofBlobs({ blobs, resources }: Tenant): Generator<Contradiction> {
  const accounts = new Map(
    resources
      .filter(({ type }) => type.toLowerCase() === "microsoft.storage/storageaccounts")
      .map((account) => [account.id.toLowerCase(), account]),
  );
  const seen = new Set<string>();
  for (const [index, { accountId, container, name, type, sizeBytes }] of blobs.entries()) {
    const at = `blobs.${index} (${shown(name)})`;
    const account = accounts.get(accountId.toLowerCase());
    if (!account) {
      yield {
        at: `${at}.accountId`,
        what: `${shown(accountId)} is no storage account of the file`,
        hint: "Add the account to `resources`, or mend the id.",
      };
    }
    if (type === "PageBlob" && (!canHoldPageBlobs(account) || sizeBytes % 512 !== 0)) {
      yield {
        at,
        what: sizeBytes % 512 === 0 ? "its account can hold no page blobs" : "it is no whole number of pages",
        hint: "Page blobs are in accounts of kind StorageV2 or Storage without a hierarchical namespace; a page has 512 bytes.",
      };
    }
    const key = JSON.stringify([accountId.toLowerCase(), container, name]);
    if (seen.has(key)) {
      yield {
        at,
        what: "it is in the file twice",
        hint: "Blobs of a container have different names; casing makes a difference.",
      };
    }
    seen.add(key);
  }
}

function canHoldPageBlobs(account: Resource | undefined): boolean {
  const kind = account?.kind?.toLowerCase() ?? "storagev2";
  return /^storage(v2)?$/.test(kind) && account?.properties.isHnsEnabled !== true;
}

function* ofResource(resource: Resource, at: string): Generator<Contradiction> {
  if (/[\p{Cc}\p{Extended_Pictographic}?#%\\]/u.test(resource.id.replaceAll(/\d/g, ""))) {
    yield {
      at: `${at}.id`,
      what: "it has a character that no id in Azure has",
      hint: "Leave emoji, control characters, ?, #, % and \\ out of ids; tags may have any text.",
    };
  }
  if (resource.location !== "" && !isAzureRegion(resource.location)) {
    yield {
      at: `${at}.location`,
      what: `Azure has no region ${shown(resource.location)}`,
      hint: 'Write a region as Azure names it, "westeurope" or "West Europe", or "global".',
    };
  }
  const sizes = { ...resource.properties, "sku.capacity": resource.sku?.capacity };
  for (const name of [
    "diskSizeGB",
    "diskSizeBytes",
    "maxSizeBytes",
    "numberOfSites",
    "sku.capacity",
  ] as const) {
    const value = (sizes as Record<string, unknown>)[name];
    if (typeof value !== "number" || value >= 0) continue;
    yield {
      at: `${at}.${name.startsWith("sku") ? name : `properties.${name}`}`,
      what: `${value} is below zero`,
      hint: "Sizes and counts are zero or more.",
    };
  }
  const { power, usage, activity } = resource;
  for (const [index, off] of power?.offPeriods.entries() ?? []) {
    yield* reversed(`${at}.power.offPeriods.${index}`, off);
  }
  const spans = [
    ["power.officeHours", power?.officeHours],
    ...(usage?.scheduled ?? []).map((one, index) => [`usage.scheduled.${index}`, one] as const),
    ...(activity ?? []).flatMap((entry, index) =>
      (entry.scheduled ?? []).map((one, number) => [`activity.${index}.scheduled.${number}`, one] as const),
    ),
  ] as const;
  for (const [path, hours] of spans) {
    if (!hours || hours.from < hours.to) continue;
    yield {
      at: `${at}.${path}`,
      what: `it ends at hour ${hours.to} and begins at ${hours.from}`,
      hint: "Hours go from 0 to 24 within a day; a night is two spans.",
    };
  }
}

function* reversed(
  at: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Generator<Contradiction> {
  if (from === undefined || to === undefined || from < to) return;
  yield {
    at,
    what: `it ends on ${to}, which is not after ${from}, when it begins`,
    hint: "`to` is the first day after the span: at least a day after `from`.",
  };
}

const twice = (at: string, id: string): Contradiction => ({
  at,
  what: `the id ${shown(id)} is in the file twice`,
  hint: "Give each subscription, resource and charge an id of its own; their casing makes no difference.",
});

const unlisted = (at: string): Contradiction => ({
  at,
  what: "it is in no listed subscription",
  hint: "Add its subscription to `subscriptions`, or mend its id.",
});

/** Text of the file in a message: one line, not too long, nothing that steers a terminal. */
export function shown(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, " ");
  return line.length > 160 ? `…${line.slice(-159)}` : line;
}
