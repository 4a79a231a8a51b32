import { describe, expect, test } from "vitest";
import { findResourceTypes } from "../discovery/resource-types.ts";
import { allChecks } from "./all-checks.ts";
import { judge } from "./assess.ts";
import type { AssessedResource } from "./assessed-resource.ts";
import { Check } from "./check.ts";
import { deriveFacts } from "./derive-facts.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { pillars } from "./pillars.ts";
import { type Change, failingChanges } from "./testing/failing-changes.ts";
import { goodCompute } from "./testing/good-compute.ts";
import { goodPlatform } from "./testing/good-platform.ts";
import { assessed, id } from "./testing/good-resource.ts";

const good = [...goodCompute, ...goodPlatform].map(assessed);
const judged = new Set(
  Object.values(failingChanges).flatMap(({ recommendation }) =>
    recommendation ? good.map(({ type }) => `${recommendation} ${type}`) : [],
  ),
);

/** A copy with a value put in, or taken away, at a path. */
function withValue(resource: AssessedResource, path: string, value: unknown): AssessedResource {
  const copy = structuredClone(resource);
  const steps = path.split(".");
  const last = steps.pop()!;
  let at = copy as unknown as Record<string, unknown>;
  for (const step of steps) {
    at[step] = at[step] ?? {};
    at = at[step] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

function withValues(resource: AssessedResource, set: Record<string, unknown> = {}): AssessedResource {
  return Object.entries(set).reduce((copy, [path, value]) => withValue(copy, path, value), resource);
}

function factsOf(resources: readonly AssessedResource[], changed?: { id: string; change: Change }) {
  const figures = (value: number) => ({ average: value, p95: value, maximum: value, hours: 168 });
  const usual = { cpu_percent: 40, memory_percent: 50 };
  return deriveFacts(resources, {
    now: Temporal.Instant.from("2026-10-05T00:00:00Z"),
    metrics: new Map(
      resources.map((resource) => [
        resource.id,
        new Map(
          Object.entries({ ...usual, ...(resource.id === changed?.id ? changed.change.metrics : {}) }).map(
            ([metric, value]) => [metric, figures(value)],
          ),
        ),
      ]),
    ),
    judged,
    open: new Map(
      changed?.change.recommendation ? [[changed.id, new Set([changed.change.recommendation])]] : [],
    ),
  });
}

describe("the checks", () => {
  test("are at least 120, each with an id of its own, over all five pillars", () => {
    expect(allChecks.length).toBeGreaterThanOrEqual(120);
    expect(new Set(allChecks.map((check) => check.id)).size).toBe(allChecks.length);
    expect(new Set(allChecks.map((check) => check.pillar))).toEqual(new Set(pillars));
    expect(Object.keys(failingChanges).sort()).toEqual(allChecks.map((check) => check.id).sort());
  });

  test("ask only of types that the inventory knows", () => {
    const unknown = allChecks
      .flatMap(({ appliesTo }) => appliesTo)
      .filter((type) => !findResourceTypes(type).length);
    expect(unknown).toEqual([]);
  });

  describe.each(allChecks.map((check) => [check.id, check] as const))("%s", (checkId, check) => {
    const facts = factsOf(good);
    const passing = good.filter(
      (resource) => check.appliesTo.includes(resource.type) && judge(check, resource, facts) === "pass",
    );

    test("is written as the schema of a check says", () => {
      expect(Check.parse(check)).toEqual(check);
    });

    test("passes what is well made, and nothing well made fails", () => {
      expect(passing.length).toBeGreaterThan(0);
      for (const type of check.appliesTo) expect(good.some((resource) => resource.type === type)).toBe(true);
      const failed = good.filter(
        (resource) =>
          check.appliesTo.includes(resource.type) &&
          judge(check, resource, facts) === "fail" &&
          !resource.fails?.includes(checkId),
      );
      expect(failed.map(({ name }) => name)).toEqual([]);
    });

    test("fails what is not, and says what it looked at", () => {
      const change = failingChanges[checkId]!;
      const bad = withValues(passing[0]!, change.set);
      const other = change.other && id(change.other.type, change.other.name);
      const estate = good.map((resource) =>
        resource.id === bad.id
          ? bad
          : resource.id === other
            ? withValues(resource, change.other!.set)
            : resource,
      );
      const changed = factsOf(estate, { id: bad.id, change });
      expect(judge(check, bad, changed)).toBe("fail");
      for (const { label, path } of gatherEvidence(check, bad, changed))
        expect(`${label}${path}`).not.toBe("");
    });

    test("never fails what was not read", () => {
      const blind = { ...passing[0]!, properties: {}, status: null };
      const nothing = deriveFacts([blind], { now: Temporal.Instant.from("2026-10-05T00:00:00Z") });
      expect(judge(check, blind, nothing)).not.toBe("fail");
    });
  });
});
