import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { listPlaces, type PlaceRow } from "@cloudoptima/db/queries/places.ts";
import { z } from "zod";
import { nearestNames } from "../costs/nearest-names.ts";
import { matchSubscriptions } from "../discovery/match-subscriptions.ts";
import { AppError } from "../kernel/errors.ts";

/** How a report is narrowed; both left out: everything. */
export const placeInput = {
  subscription: z.string().trim().min(1).max(200).optional().describe("Only this one: its name or id"),
  resourceGroup: z.string().trim().min(1).max(120).optional().describe("Only this group"),
};

/** What a report tells of, as it is kept. */
export const ReportPlace = z.object({
  subscription: z.object({ id: z.string(), name: z.string() }).nullable().describe("null: all"),
  resourceGroup: z.string().nullable().describe("null: all"),
});
export type ReportPlace = z.infer<typeof ReportPlace>;

export const everything: ReportPlace = { subscription: null, resourceGroup: null };

/** Groups that a place is looked for in, and that a page offers; a name beyond them is not found. */
const mostGroups = 20_000;

/** A subscription with its resource groups, by name. */
export interface KnownPlace {
  id: string;
  name: string;
  resourceGroups: string[];
}

export async function readPlaces(transaction: TenantTransaction): Promise<KnownPlace[]> {
  const names = await readSubscriptionNames(transaction);
  const byId = Map.groupBy(await listPlaces(transaction, mostGroups), (row: PlaceRow) => row.subscriptionId);
  return [...byId]
    .map(([id, rows]) => ({
      id,
      name: names.get(id) ?? rows.find((row) => row.subscriptionName)?.subscriptionName ?? id,
      resourceGroups: rows.flatMap(({ resourceGroup }) => resourceGroup || []).sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The one place that is meant. Throws not_found with the nearest names, and invalid_input where several fit. */
export async function resolvePlace(
  transaction: TenantTransaction,
  asked: { subscription?: string | undefined; resourceGroup?: string | undefined },
): Promise<ReportPlace> {
  if (!asked.subscription && !asked.resourceGroup) return everything;
  const places = await readPlaces(transaction);
  const within = asked.subscription ? [oneSubscription(places, asked.subscription)] : places;
  const subscription = asked.subscription ? { id: within[0]!.id, name: within[0]!.name } : null;
  if (!asked.resourceGroup) return { subscription, resourceGroup: null };
  const wanted = asked.resourceGroup.toLowerCase();
  const groups = [...new Set(within.flatMap(({ resourceGroups }) => resourceGroups))];
  const resourceGroup = groups.find((group) => group.toLowerCase() === wanted);
  if (resourceGroup) return { subscription, resourceGroup };
  const where = subscription ? ` in ${subscription.name}` : "";
  throw new AppError("not_found", `There is no resource group "${asked.resourceGroup}"${where}.`, {
    hint: offered(nearestNames(asked.resourceGroup, groups), groups),
  });
}

function oneSubscription(places: readonly KnownPlace[], asked: string): KnownPlace {
  const names = new Map(places.map(({ id, name }) => [id, name]));
  const [id, second] = matchSubscriptions(asked, names);
  if (id === undefined) {
    const all = [...names.values()];
    throw new AppError("not_found", `There is no subscription "${asked}".`, {
      hint: offered(nearestNames(asked, all), all),
    });
  }
  if (second !== undefined) {
    throw new AppError("invalid_input", `Several subscriptions are called like "${asked}".`, {
      hint: `Say the whole name or the id, such as ${names.get(id)} (${id}).`,
    });
  }
  return places.find((place) => place.id === id)!;
}

function offered(nearest: readonly string[], all: readonly string[]): string {
  if (all.length === 0) return "None is known yet: connect a cloud and scan it, or import costs.";
  return nearest.length > 0 ? `Nearest: ${nearest.join(", ")}.` : `There are: ${all.slice(0, 8).join(", ")}.`;
}

/** "rg-web in Production", "Production"; null for everything. */
export function placeInWords({ subscription, resourceGroup }: ReportPlace): string | null {
  return [resourceGroup, subscription?.name].filter(Boolean).join(" in ") || null;
}

/** As questions about costs take it. */
export function placeFilters({ subscription, resourceGroup }: ReportPlace) {
  return [
    ...(subscription ? [{ dimension: "subscription" as const, values: [subscription.id] }] : []),
    ...(resourceGroup ? [{ dimension: "resource_group" as const, values: [resourceGroup] }] : []),
  ];
}

/** As questions about resources take it. */
export function placeFields({ subscription, resourceGroup }: ReportPlace) {
  return {
    ...(subscription ? { subscription: subscription.id } : {}),
    ...(resourceGroup ? { resourceGroup } : {}),
  };
}
