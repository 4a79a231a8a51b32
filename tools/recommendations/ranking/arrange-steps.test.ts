import fc from "fast-check";
import { expect, test } from "vitest";
import { arrangeSteps } from "./arrange-steps.ts";

interface Step {
  id: number;
  rank: number;
  on: string[];
}
const arrange = (steps: Step[]) =>
  arrangeSteps(steps, { rankOf: ({ rank }) => rank, resourcesOf: ({ on }) => on });

test("what is ahead comes first, what builds on another step right when it can", () => {
  const steps = [
    { id: 1, rank: 5, on: ["a"] },
    { id: 2, rank: 1, on: ["b"] },
    { id: 3, rank: 0, on: ["a", "b"] },
    { id: 4, rank: 9, on: ["c"] },
  ];
  expect(arrange(steps).map(({ id }) => id)).toEqual([2, 1, 3, 4]);
});

test("for any plan: nothing lost, steps that meet stay in their order, and no later one could have come sooner", () => {
  const step = fc.record({
    rank: fc.integer({ min: 0, max: 20 }),
    on: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), (raw) => {
      const steps = raw.map((one, id) => ({ ...one, id }));
      const arranged = arrange(steps);
      expect(arranged.map(({ id }) => id).sort((a, b) => a - b)).toEqual(steps.map(({ id }) => id));
      const place = new Map(arranged.map(({ id }, index) => [id, index]));
      const meet = (a: Step, b: Step) => a.on.some((resource) => b.on.includes(resource));
      for (const one of steps) {
        const waits = steps.filter((other) => other.id < one.id && meet(one, other));
        for (const other of waits) expect(place.get(other.id)).toBeLessThan(place.get(one.id)!);
        const possible = Math.max(-1, ...waits.map(({ id }) => place.get(id)!)) + 1;
        for (let index = possible; index < place.get(one.id)!; index++) {
          expect(arranged[index]!.rank).toBeLessThanOrEqual(one.rank);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});
