import type { AssessmentFacts } from "./assessed-resource.ts";
import type { Condition } from "./condition.ts";
import { isRead, readPath, type Scope } from "./read-path.ts";

/** True, false, or unknown where a fact is missing (Kleene's logic: unknown only where it decides). */
export type Truth = boolean | "unknown";

/** A condition's value for a resource. Never throws: what has another shape than expected is unknown. */
export function evaluate(condition: Condition, scope: Scope, facts: AssessmentFacts): Truth {
  if ("allOf" in condition) return all(condition.allOf, (one) => evaluate(one, scope, facts));
  if ("anyOf" in condition) return any(condition.anyOf, (one) => evaluate(one, scope, facts));
  if ("not" in condition) return negate(evaluate(condition.not, scope, facts));
  if ("tag" in condition) return hasTag(condition, scope);
  if ("path" in condition) return compare(condition, scope, facts);
  if ("related" in condition) return compareRelated(condition, scope, facts);
  if ("metric" in condition) {
    const figures = facts.metric(scope.resource.id, condition.metric);
    if (!figures) return "unknown";
    const value = figures[condition.statistic];
    return "atMost" in condition ? value <= condition.atMost : value >= condition.atLeast;
  }
  if ("recommendation" in condition) {
    return facts.recommendation(scope.resource.id, condition.recommendation) ?? "unknown";
  }
  const path = "some" in condition ? condition.some : condition.each;
  const items = readPath(scope, path);
  if (items === undefined) return missing(condition, scope, path);
  if (!Array.isArray(items)) return "unknown";
  const holds = (item: unknown) => evaluate(condition.holds, { ...scope, item }, facts);
  return "some" in condition ? any(items, holds) : all(items, holds);
}

function all<Item>(items: readonly Item[], holds: (item: Item) => Truth): Truth {
  let result: Truth = true;
  for (const item of items) {
    const one = holds(item);
    if (one === false) return false;
    if (one === "unknown") result = "unknown";
  }
  return result;
}

function any<Item>(items: readonly Item[], holds: (item: Item) => Truth): Truth {
  return negate(all(items, (item) => negate(holds(item))));
}

function negate(value: Truth): Truth {
  return value === "unknown" ? value : !value;
}

/** What a missing value means: nothing where the properties were not read, else the documented default, if any. */
function missing({ absent }: { absent?: boolean }, { resource }: Scope, path: string): Truth {
  if (path.startsWith("properties") && !isRead(resource)) return "unknown";
  return absent ?? "unknown";
}

const patterns = new Map<string, RegExp>();

function fits(text: string, pattern: string): boolean {
  const compiled = patterns.get(pattern) ?? new RegExp(pattern, "i");
  patterns.set(pattern, compiled);
  return compiled.test(text);
}

function hasTag({ tag, matches }: Extract<Condition, { tag: unknown }>, { resource }: Scope): Truth {
  return Object.entries(resource.tags).some(
    ([name, value]) =>
      tag.includes(name.toLowerCase()) && value.trim() !== "" && (!matches || fits(value, matches)),
  );
}

type Comparing = Extract<Condition, { path: string }>;

function compare(condition: Comparing, scope: Scope, facts: AssessmentFacts): Truth {
  const value = readPath(scope, condition.path);
  if (value === undefined) {
    // That there is nothing is the answer here, as long as somebody has looked.
    return missing(
      "exists" in condition ? { absent: false, ...condition } : condition,
      scope,
      condition.path,
    );
  }
  if ("exists" in condition) return !(Array.isArray(value) && value.length === 0);
  if ("equals" in condition) return same(value, condition.equals);
  if ("in" in condition) return condition.in.some((one) => same(value, one));
  if ("matches" in condition) return typeof value === "string" ? fits(value, condition.matches) : "unknown";
  if ("newerThanDays" in condition) return isNewer(value, condition.newerThanDays, facts.now);
  if ("coversPort" in condition) return coversPort(value, condition.coversPort);
  if ("countAtLeast" in condition)
    return Array.isArray(value) ? value.length >= condition.countAtLeast : "unknown";
  if ("countAtMost" in condition)
    return Array.isArray(value) ? value.length <= condition.countAtMost : "unknown";
  const number = typeof value === "number" ? value : Number.parseFloat(String(value));
  if (!Number.isFinite(number)) return "unknown";
  return "atLeast" in condition ? number >= condition.atLeast : number <= condition.atMost;
}

/** Azure writes the same value in several cases and, now and then, a boolean as text. */
function same(value: unknown, expected: string | number | boolean): boolean {
  return String(value).toLowerCase() === String(expected).toLowerCase();
}

function coversPort(value: unknown, ports: readonly number[]): boolean {
  return (Array.isArray(value) ? value : [value]).some((range) => {
    if (String(range).trim() === "*") return true;
    const [from, to = from] = String(range).split("-").map(Number);
    return ports.some((port) => from !== undefined && to !== undefined && port >= from && port <= to);
  });
}

function isNewer(value: unknown, days: number, now: Temporal.Instant): Truth {
  const time = Date.parse(String(value));
  return Number.isNaN(time) ? "unknown" : now.epochMilliseconds - time < days * 86_400_000;
}

function compareRelated(
  condition: Extract<Condition, { related: unknown }>,
  { resource }: Scope,
  facts: AssessmentFacts,
): Truth {
  const ids = facts.related(resource.id, condition.related, condition.direction);
  // No relation tells nothing of a resource that was not read.
  if (ids.length === 0 && condition.direction === "uses" && !isRead(resource)) return "unknown";
  if ("countAtLeast" in condition) return ids.length >= condition.countAtLeast;
  const holds = (id: string): Truth => {
    const other = facts.resource(id);
    if (!other) return "unknown";
    return evaluate("some" in condition ? condition.some : condition.each, { resource: other }, facts);
  };
  return "some" in condition ? any(ids, holds) : all(ids, holds);
}
