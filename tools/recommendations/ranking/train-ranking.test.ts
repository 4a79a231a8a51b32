import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DecisionEvent } from "./decisions.ts";
import type { KnownFacts } from "./known-facts.ts";
import { syntheticHistory } from "./testing/synthetic-history.ts";
import { allowedChance, neededDecisions, trainRanking } from "./train-ranking.ts";

/** Touches production as good as never, and does nearly all the rest. */
const sparesProduction = ({ environment }: KnownFacts) => (environment === "production" ? 0.08 : 0.85);
/** Has its own mind about types, whatever they save. */
const likes = new Set(["idle_vm", "vm_rightsizing", "auto_shutdown", "hybrid_benefit"]);
const hasItsTypes = ({ type }: KnownFacts) => (likes.has(type) ? 0.9 : 0.12);
const tossesCoins = () => 0.5;

const adoptions = (taste: (facts: KnownFacts) => number, count: number, seeds: number) =>
  Array.from(
    { length: seeds },
    (_, seed) => trainRanking(syntheticHistory(1000 * count + seed, count, taste)).verdict,
  ).filter((verdict) => verdict === "learned").length / seeds;

describe("what is learned", () => {
  test.each([
    ["spares production", sparesProduction],
    ["has its types", hasItsTypes],
  ])("an organization that %s is understood from 300 decisions, and mostly from 150", (_, taste) => {
    expect(adoptions(taste, 300, 40)).toBeGreaterThanOrEqual(0.9);
    expect(adoptions(taste, 150, 40)).toBeGreaterThanOrEqual(0.6);
  });

  test("the model says what the preference is", () => {
    const { model, backtest } = trainRanking(syntheticHistory(7, 300, sparesProduction));
    const { "environment production": production, "environment elsewhere": elsewhere } = model!.weights;
    expect(production!).toBeLessThan(-1);
    expect(elsewhere!).toBeGreaterThan(0.3);
    expect(backtest!.learnedReached).toBeGreaterThan(backtest!.ruleReached);
  });

  // 400 histories each: the bound is three standard errors above the rate that the test allows.
  const bound = allowedChance + 3 * Math.sqrt((allowedChance * (1 - allowedChance)) / 400);
  test.each([
    [50, 0.5],
    [120, 0.5],
    [120, 0.25],
  ])("luck is not taken for a preference: %i decisions, accepted with chance %f", (count, chance) => {
    const rate = adoptions(() => chance, count, 400);
    expect(rate).toBeLessThanOrEqual(bound);
  });

  test("luck that is asked again and again, as decisions come in, is seldom ever taken for one", () => {
    const histories = Array.from({ length: 60 }, (_, seed) =>
      syntheticHistory(40_000 + seed, 200, tossesCoins),
    );
    const fooled = histories.filter((history) =>
      Array.from({ length: 16 }, (_, look) => 50 + look * 10).some(
        (count) => trainRanking(history.slice(0, count)).verdict === "learned",
      ),
    );
    expect(fooled.length / histories.length).toBeLessThanOrEqual(0.2);
  });

  test("an organization that follows the rule keeps it", () => {
    const follows = ({ risk, effort, confidence }: KnownFacts) =>
      (risk === "low" ? 0.9 : 0.5) * (effort === "easy" ? 1 : 0.7) * Number(confidence);
    expect(adoptions(follows, 120, 100)).toBeLessThanOrEqual(0.1);
  });

  test("what was done and undone again counts as refused", () => {
    const history = syntheticHistory(3, 300, () => 1);
    const undone = history.flatMap((event): DecisionEvent[] =>
      event.facts.environment === "production"
        ? [event, { ...event, at: new Date(event.at.getTime() + 3_600_000), outcome: "reopened" }]
        : [event],
    );
    expect(trainRanking(history)).toMatchObject({ verdict: "one_sided" });
    expect(trainRanking(undone)).toMatchObject({ verdict: "learned" });
  });
});

test("what was done but saved nothing, by the cost of the days after, is as good as refused", () => {
  const history = syntheticHistory(4, 300, () => 1).map((event): DecisionEvent => {
    const daily = Number(event.facts.monthlySavings) * (12 / 365);
    const day = Temporal.PlainDate.from(event.at.toISOString().slice(0, 10));
    const isInVain = event.facts.environment === "production";
    const costs = Array.from({ length: 61 }, (_, index) => {
      const effective = (index < 30 || isInVain ? daily : 0).toFixed(8);
      return {
        day: day.add({ days: index - 30 }).toString(),
        service: "Virtual Machines",
        currency: "USD",
        effective,
        billed: effective,
      };
    });
    return { ...event, around: { costs, until: "2027-12-31" } };
  });
  const { verdict, model, acceptedCount, decisionCount, measuredCount } = trainRanking(history);
  expect(verdict).toBe("learned");
  expect(model!.weights["environment production"]).toBeLessThan(-1);
  expect([acceptedCount, measuredCount]).toEqual([decisionCount, decisionCount]);
});

describe("what is not enough", () => {
  test("few decisions, however clear", () => {
    const few = syntheticHistory(1, neededDecisions - 1, sparesProduction);
    expect(trainRanking(few)).toMatchObject({ verdict: "too_few", model: null, backtest: null });
    expect(trainRanking([])).toMatchObject({ verdict: "too_few", decisionCount: 0 });
  });

  test("many at one stroke are one decision", () => {
    const at = new Date("2026-03-01T10:00:00Z");
    const stroke = syntheticHistory(1, 200, () => 0).map((event) => ({ ...event, at }));
    const { verdict, decisionCount } = trainRanking(stroke);
    expect(verdict).toBe("too_few");
    expect(decisionCount).toBeLessThanOrEqual(8 * 3);
  });

  test("only acceptances, or only refusals", () => {
    for (const chance of [0, 1]) {
      expect(trainRanking(syntheticHistory(2, 100, () => chance)).verdict).toBe("one_sided");
    }
  });
});

describe("for any history", () => {
  const seed = fc.integer({ min: 1, max: 1_000_000 });

  test("the order in which it is read makes no difference", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: 200 }), (from, turn) => {
        const history = syntheticHistory(from, 90, hasItsTypes);
        const turned = [...history.slice(turn % 90), ...history.slice(0, turn % 90)].reverse();
        expect(trainRanking(turned)).toEqual(trainRanking(history));
      }),
      { numRuns: 30 },
    );
  });

  test("a decision taken back is as if it had never been", () => {
    fc.assert(
      fc.property(seed, (from) => {
        const history = syntheticHistory(from, 60, tossesCoins);
        const [first] = history;
        const regretted = { ...first!, recommendationId: "regretted", outcome: "dismissed" as const };
        const back = {
          ...regretted,
          at: new Date(regretted.at.getTime() + 1),
          outcome: "reopened" as const,
        };
        expect(trainRanking([...history, regretted, back])).toEqual(trainRanking(history));
      }),
      { numRuns: 20 },
    );
  });
});
