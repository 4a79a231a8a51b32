import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { learnAcceptance } from "./acceptance-model.ts";
import { decidedTogether } from "./decided-together.ts";
import { type DecisionEvent, type DecisionOutcome, decisionsBefore, judgementsOf } from "./decisions.ts";
import { syntheticHistory } from "./testing/synthetic-history.ts";

const [sample] = syntheticHistory(1, 1, () => 1);
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const event = (at: number, outcome: DecisionOutcome): DecisionEvent => ({ ...sample!, at: day(at), outcome });
const countsAt = (events: DecisionEvent[], at: number | null) =>
  decisionsBefore(judgementsOf(events), at === null ? null : day(at)).map(({ accepted }) => accepted);

describe("what a decision counts as", () => {
  test("done, until it is undone: from then on refused", () => {
    const events = [event(2, "implemented"), event(5, "reopened")];
    expect([1, 2, 3, 5, 6, null].map((at) => countsAt(events, at))).toEqual([
      [],
      [],
      [true],
      [true],
      [false],
      [false],
    ]);
  });

  test.each(["dismissed", "suppressed", "rejected"] as const)(
    "%s is refused, and nothing once it is opened again",
    (outcome) => {
      expect(countsAt([event(2, outcome), event(5, "reopened")], 4)).toEqual([false]);
      expect(countsAt([event(2, outcome), event(5, "reopened")], null)).toEqual([]);
    },
  );

  test("a plan that was rejected and a better one carried out is accepted", () => {
    expect(countsAt([event(2, "rejected"), event(4, "implemented")], null)).toEqual([true]);
  });
});

const outcome = fc.constantFrom<DecisionOutcome>(
  "implemented",
  "dismissed",
  "suppressed",
  "rejected",
  "reopened",
);
const events = fc
  .array(fc.record({ id: fc.integer({ min: 0, max: 30 }), at: fc.integer({ min: 1, max: 60 }), outcome }), {
    minLength: 20,
    maxLength: 120,
  })
  .map((all) => {
    const facts = syntheticHistory(5, all.length, () => 1).map((one) => one.facts);
    return all.map(
      ({ id, at, outcome: what }, index): DecisionEvent => ({
        recommendationId: `r${id}`,
        at: day(at),
        outcome: what,
        facts: facts[index]!,
      }),
    );
  });

test("what a change saved is known as far as costs were at the moment, whatever they are later", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 9 }), { minLength: 61, maxLength: 61 }),
      fc.array(fc.nat({ max: 9 }), { minLength: 61, maxLength: 61 }),
      fc.integer({ min: 1, max: 32 }),
      (amounts, others, after) => {
        const decidedOn = Temporal.PlainDate.from("2026-03-01");
        const moment = new Date(`${decidedOn.add({ days: after })}T00:00:00Z`);
        const known = (daily: (index: number) => number) => {
          const costs = amounts.map((_, index) => ({
            day: decidedOn.add({ days: index - 30 }).toString(),
            service: "Virtual Machines",
            currency: "USD",
            effective: String(daily(index)),
            billed: String(daily(index)),
          }));
          const done: DecisionEvent = {
            ...event(60, "implemented"),
            at: new Date("2026-03-01T12:00:00Z"),
            around: { costs, until: "2026-06-01" },
          };
          return decisionsBefore(judgementsOf([done]), moment);
        };
        expect(known((index) => (index < 30 + after ? amounts[index]! : others[index]!))).toEqual(
          known((index) => amounts[index]!),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test("nothing of the future is known: whatever comes later, the past and what is learned from it stay", () => {
  fc.assert(
    fc.property(events, events, fc.integer({ min: 5, max: 55 }), (past, future, moment) => {
      const before = past.filter(({ at }) => at < day(moment));
      const after = future.filter(({ at }) => at >= day(moment));
      const known = (all: DecisionEvent[]) =>
        decidedTogether(decisionsBefore(judgementsOf(all), day(moment)));
      const alone = known(before);
      expect(known([...before, ...after])).toEqual(alone);
      expect(learnAcceptance(known([...after, ...before]))).toEqual(learnAcceptance(alone));
    }),
    { numRuns: 300 },
  );
});
