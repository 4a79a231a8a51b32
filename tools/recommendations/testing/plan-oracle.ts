import type { Effect } from "../finding.ts";
import type { RecommendationType } from "../recommendation-types.ts";

/*
 * Says again, in floating point and from RULES alone, what a set of changes saves and whether it can be done: a wrong
 * rule of the product must not be measured by itself.
 */

/** A recommendation as the oracle sees it. */
export interface OracleItem {
  id: string;
  type: RecommendationType;
  effects: Effect[];
}

/** What stops or removes its resource. */
export const ends: readonly RecommendationType[] = [
  "idle_vm",
  "stopped_not_deallocated_vm",
  "unattached_disk",
  "snapshot_cleanup",
  "unused_public_ip",
  "orphaned_nic",
  "idle_load_balancer",
  "idle_gateway",
  "empty_app_service_plan",
];
const rivals = [
  "spot_instance reserved_instance",
  "spot_instance auto_shutdown",
  "reserved_instance auto_shutdown",
  "vm_rightsizing underutilized_vm",
  "database_rightsizing serverless_candidate",
];

/** Whether at most one of the two can be done: they meet, and one ends the resource or both answer one question. */
function areRivals(one: OracleItem, other: OracleItem): boolean {
  if (!one.effects.some(({ resourceId }) => touches(other, resourceId))) return false;
  if (isOfPart(one) || isOfPart(other)) {
    return (ends.includes(one.type) && !isOfPart(one)) || (ends.includes(other.type) && !isOfPart(other));
  }
  if (one.type === other.type || ends.includes(one.type) || ends.includes(other.type)) return true;
  return rivals.includes(`${one.type} ${other.type}`) || rivals.includes(`${other.type} ${one.type}`);
}

/** A blob that goes takes its part of an account's cost with it, and leaves the account. */
const isOfPart = ({ type, effects }: OracleItem) =>
  type === "unattached_disk" && !effects.some(({ change }) => change.kind === "share");

const touches = ({ effects }: OracleItem, id: string) => effects.some(({ resourceId }) => resourceId === id);

/** What all of these changes together take off the monthly cost. */
export function savedTogether(items: readonly OracleItem[]): number {
  const bills = new Map<string, { cost: number; share: number; amount: number }>();
  for (const { resourceId, component, monthlyCost, change } of items.flatMap(({ effects }) => effects)) {
    const key = `${resourceId} ${component}`;
    const bill = bills.get(key) ?? { cost: 0, share: 1, amount: 0 };
    bill.cost = Math.max(bill.cost, Number(monthlyCost));
    if (change.kind === "share") bill.share *= Number(change.remaining);
    else bill.amount += Number(change.monthlySavings);
    bills.set(key, bill);
  }
  let saved = 0;
  for (const { cost, share, amount } of bills.values()) saved += cost - Math.max(0, cost * share - amount);
  return saved;
}

/** The most that any set without rivals saves, by trying every set. */
export function bestByForce(items: readonly OracleItem[]): number {
  const rivalsOf = items.map((one) =>
    items.reduce(
      (mask, other, index) => (other !== one && areRivals(one, other) ? mask | (1 << index) : mask),
      0,
    ),
  );
  let best = 0;
  const extend = (from: number, mask: number, set: OracleItem[]) => {
    best = Math.max(best, savedTogether(set));
    for (let index = from; index < items.length; index++) {
      if ((rivalsOf[index]! & mask) === 0) extend(index + 1, mask | (1 << index), [...set, items[index]!]);
    }
  };
  extend(0, 0, []);
  return best;
}

/** Whether no two of them are rivals. */
export const canBeDone = (items: readonly OracleItem[]): boolean =>
  items.every((one, index) => items.slice(index + 1).every((other) => !areRivals(one, other)));
