import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allChecks, findCheck } from "./all-checks.ts";
import { severityWeights } from "./pillars.ts";
import { coveragePercent, overallPercent, scorePercent, tallyPillars } from "./score.ts";

const count = fc.record({
  checkId: fc.constantFrom(...allChecks.map(({ id }) => id)),
  passed: fc.nat(500),
  failed: fc.nat(500),
  unknown: fc.nat(500),
});
const counts = fc.array(count, { maxLength: 60 });

describe("scores", () => {
  test("a high check weighs four times a low one", () => {
    const high = allChecks.find(({ pillar, severity }) => pillar === "security" && severity === "high")!;
    const low = allChecks.find(({ pillar, severity }) => pillar === "security" && severity === "low")!;
    const [, , security] = tallyPillars(
      [
        { checkId: high.id, passed: 1, failed: 0, unknown: 0 },
        { checkId: low.id, passed: 0, failed: 1, unknown: 5 },
      ],
      findCheck,
    );
    expect(security).toMatchObject({
      pillar: "security",
      passedWeight: 4,
      failedWeight: 1,
      unknownWeight: 5,
    });
    expect(scorePercent(security!)).toBe("80.0");
    expect(coveragePercent(security!)).toBe("50.0");
  });

  test("lie between 0 and 100, are 100 only when nothing failed and 0 only when nothing passed", () => {
    fc.assert(
      fc.property(counts, (given) => {
        for (const tally of tallyPillars(given, findCheck)) {
          const score = scorePercent(tally);
          if (tally.passed + tally.failed === 0) expect(score).toBeNull();
          else {
            expect(Number(score)).toBeGreaterThanOrEqual(0);
            expect(Number(score)).toBeLessThanOrEqual(100);
            expect(score === "100.0").toBe(tally.failed === 0);
            expect(score === "0.0").toBe(tally.passed === 0);
          }
        }
      }),
    );
  });

  test("never fall when a failure is mended, and unknown results change the coverage alone", () => {
    fc.assert(
      fc.property(counts, fc.nat(59), (given, index) => {
        const at = given[index % Math.max(1, given.length)];
        fc.pre(at !== undefined && at.failed > 0);
        const mended = given.map((one) =>
          one === at ? { ...one, passed: one.passed + 1, failed: one.failed - 1 } : one,
        );
        const blind = given.map((one) => (one === at ? { ...one, unknown: one.unknown + 1 } : one));
        const [before, after, blinded] = [given, mended, blind].map((list) => tallyPillars(list, findCheck));
        for (const [position, tally] of before!.entries()) {
          expect(Number(scorePercent(after![position]!))).toBeGreaterThanOrEqual(Number(scorePercent(tally)));
          expect(scorePercent(blinded![position]!)).toBe(scorePercent(tally));
          expect(Number(coveragePercent(blinded![position]!))).toBeLessThanOrEqual(
            Number(coveragePercent(tally)),
          );
        }
      }),
    );
  });

  test("of parts add up to the whole, however the resources are grouped", () => {
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const whole = tallyPillars([...one, ...other], findCheck);
        const [left, right] = [tallyPillars(one, findCheck), tallyPillars(other, findCheck)];
        for (const [position, tally] of whole.entries()) {
          for (const key of ["passedWeight", "failedWeight", "unknownWeight", "failed"] as const) {
            expect(tally[key]).toBe(left[position]![key] + right[position]![key]);
          }
        }
      }),
    );
  });

  test("overall is the mean of the pillars that have one", () => {
    expect(overallPercent(["90.0", null, "70.0"])).toBe("80.0");
    expect(overallPercent([null])).toBeNull();
    expect(Object.values(severityWeights).every((weight) => weight > 0)).toBe(true);
  });
});
