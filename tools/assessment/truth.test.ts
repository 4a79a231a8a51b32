import { expect, test } from "vitest";
import { openSandboxCloud } from "../clouds/azure/testing.ts";
import type { CloudResource } from "../clouds/cloud.ts";
import { generateTenant } from "../clouds/sandbox/generate/generate-tenant.ts";
import { makeTruth } from "../clouds/sandbox/truth.ts";
import { findCheck } from "./all-checks.ts";
import { assess } from "./assess.ts";
import { deriveFacts } from "./derive-facts.ts";
import { coveragePercent, scorePercent, tallyPillars } from "./score.ts";

const now = Temporal.Instant.from("2026-10-14T09:30:00Z");

test.each([
  { seed: "juniper", resources: 240 },
  { seed: "marble", resources: 460 },
  { seed: "tundra", resources: 1900 },
])(
  "$seed, $resources resources over HTTPS: of each planted check exactly the planted violations fail",
  async (estate) => {
    const generated = generateTenant({ ...estate, days: 2, now });
    const truth = makeTruth(generated.tenant, generated.plants, now);
    const { cloud, sandbox } = await openSandboxCloud({ tenant: generated.tenant, days: 2 });
    try {
      const resources: CloudResource[] = [];
      const { signal } = new AbortController();
      for await (const page of cloud.resources(sandbox.subscriptionIds, signal))
        resources.push(...page.items);
      expect(resources).toHaveLength(estate.resources);
      const { findings, counts } = assess(resources, deriveFacts(resources, { now }));
      const planted = Map.groupBy(truth.assessment, ({ check }) => check);
      expect(planted.size).toBeGreaterThan(15);
      for (const [checkId, violations] of planted) {
        const failing = findings.filter((one) => one.checkId === checkId && one.result === "fail");
        expect(failing.map(({ resourceId }) => resourceId).sort(), checkId).toEqual(
          violations.map(({ resourceId }) => resourceId).sort(),
        );
      }
      // A score that is 0 or 100 everywhere, or that is told without any data, would be of no use.
      for (const tally of tallyPillars(counts, findCheck)) {
        if (tally.passed + tally.failed === 0) continue;
        expect(Number(scorePercent(tally)), tally.pillar).toBeGreaterThan(20);
        expect(Number(scorePercent(tally)), tally.pillar).toBeLessThan(100);
        expect(Number(coveragePercent(tally)), tally.pillar).toBeGreaterThan(10);
      }
      const shown = JSON.stringify(findings);
      for (const { checkId } of findings) expect(findCheck(checkId)).toBeDefined();
      expect(shown).not.toContain("undefined");
    } finally {
      await sandbox.close();
    }
  },
  60_000,
);
