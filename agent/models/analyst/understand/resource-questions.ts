import type { Question, ResourceQuery } from "../question.ts";
import { findKind, findResources } from "./find-resources.ts";

/** The inventory knows Azure's types; where the word also means another cloud's service, the bill tells more. */
export function isDearestOfType({ text, groupBy, filters, costKind, threshold }: Question): boolean {
  if (groupBy?.dimension !== "resource" || costKind || threshold) return false;
  if (!/\b(?:most expensive|costliest|dearest|priciest|most costly)\b/i.test(text)) return false;
  if (!findResources(text).type) return false;
  const service = filters.find(({ dimension }) => dimension === "service");
  const rest = filters.filter((filter) => filter !== service);
  const isSimple = rest.every(
    ({ dimension, exclude, values }) => dimension !== "provider" && !exclude && values.length === 1,
  );
  return (
    isSimple &&
    (service?.values ?? []).every(
      (value) => !/amazon|aws|google|^[A-Z_]+$/i.test(value) || /azure/i.test(value),
    )
  );
}

const places: ReadonlySet<string> = new Set(["tag", "subscription", "region", "resource_group"]);

/** "dearest database per team", "most expensive VM in each subscription": one of a type for each place or owner. */
export function isDearestOfEach({ text, groupBy, filters, costKind, threshold }: Question): boolean {
  if (!groupBy || !places.has(groupBy.dimension) || costKind || threshold) return false;
  const dearest = /\b(?:most expensive|costliest|dearest|priciest|most costly)\b/i.exec(text);
  const kind = findKind(text);
  // The superlative is of the type ("dearest database"), not of the group ("dearest team").
  const isOfType =
    dearest &&
    kind?.type &&
    /^\s+(?:\w+\s+)?$/.test(text.slice(dearest.index + dearest[0].length, kind.start) || " ");
  return (
    !!isOfType &&
    filters.every(
      ({ exclude, values, dimension }) => dimension === "service" || (!exclude && values.length === 1),
    )
  );
}

const asksWhatTheyCost = /\bhow much\b|\b(?:cost|costs|spend|price|worth|bill|expensive|\$)\b/i;

/** "which VMs have no owner tag": what the inventory is asked to lack. */
export function missingTag({ filters }: Question, wantsUntagged: boolean): { missingTag?: string } {
  const lacking = filters.find(({ values, exclude }) => values.includes("(untagged)") && !exclude);
  if (lacking?.tagKey) return { missingTag: lacking.tagKey };
  return wantsUntagged ? { missingTag: "*" } : {};
}

/** "how much do disks cost": no service of the bill, yet a type that the inventory counts and can add up. */
export function isCostOfType({
  text,
  intent,
  unknownNames,
  filters,
  groupBy,
  periods,
  measure,
}: Question): boolean {
  const isGrouped = groupBy && groupBy.dimension !== "resource";
  if (intent !== "cost" || isGrouped || periods.length > 1 || measure !== "amount") return false;
  // What costs do not know cannot be left out of them, and is not what is asked for.
  if (unknownNames.some(({ exclude }) => exclude)) return false;
  if (unknownNames.length === 0 || filters.some(({ exclude }) => exclude)) return false;
  return (
    unknownNames.length === 1 &&
    ["service", undefined].includes(unknownNames[0]!.dimension) &&
    findResources(unknownNames[0]!.words).type !== undefined &&
    findResources(text).type !== undefined
  );
}

/** "cost of deallocated VMs": the bill knows no state, the inventory does. */
export function isCostOfState({
  text,
  intent,
  filters,
  groupBy,
  periods,
  measure,
  threshold,
}: Question): boolean {
  const { type, status } = findResources(text);
  const isPlain = !groupBy && !threshold && periods.length < 2 && measure === "amount";
  return intent === "cost" && isPlain && !!type && !!status && filters.every(({ exclude }) => !exclude);
}

/** Whether what resources cost is asked for beside which they are; a tag's name is not about cost. */
export function wantsCost(text: string): boolean {
  return asksWhatTheyCost.test(text.replace(/\bcost[- ]cent(?:er|re)s?/gi, ""));
}

const byType =
  /\b(?:by|per|of each|for each|in each|each|every|which|what)(?: (?:resource|azure))? types?\b|\b(?:resource types|types of (?:resources?|things))\b/i;
const byStatus =
  /\b(?:by|per|of each|for each|in each|each|every) (?:(?:power |run(?:ning)? )?stat(?:us|e))\b/i;
const counts =
  /\b(?:how many|counts?|number|quantity|most|fewest|least|by|per|distribution|breakdown|spread|split)\b/i;

/** "how many VMs per region", "which team has the most disks": by what the inventory is counted. */
const kindsOf =
  /\b(?:what|which) (?:kinds?|types?|sorts?) of (?:cloud |azure )?(?:resources?|things|stuff)\b/i;

export function countedBy({ text, groupBy }: Question): ResourceQuery["countBy"] {
  if (kindsOf.test(text)) return { dimension: "type" };
  if (!counts.test(text)) return undefined;
  if (byType.test(text)) return { dimension: "type" };
  if (byStatus.test(text)) return { dimension: "status" };
  const isCounted =
    groupBy && ["region", "resource_group", "subscription", "tag"].includes(groupBy.dimension);
  return isCounted ? groupBy : undefined;
}
