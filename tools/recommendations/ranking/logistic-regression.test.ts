import fc from "fast-check";
import { expect, test } from "vitest";
import { chanceOf, type Example, fitLogistic } from "./logistic-regression.ts";

const example = (accepted: boolean, ...names: string[]): Example => ({
  target: Number(accepted),
  features: new Map(names.map((name) => [name, 1])),
});
const times = (count: number, one: Example) => Array.from({ length: count }, () => one);

test("one feature and no prior: the chances are the shares", () => {
  const examples = [
    ...times(30, example(true, "a")),
    ...times(10, example(false, "a")),
    ...times(10, example(true)),
    ...times(40, example(false)),
  ];
  const weights = fitLogistic(examples, 1e-9);
  expect(chanceOf(weights, new Map([["a", 1]]))).toBeCloseTo(0.75, 4);
  expect(chanceOf(weights, new Map())).toBeCloseTo(0.2, 4);
  expect(chanceOf(weights, new Map([["never seen", 1]]))).toBeCloseTo(0.2, 4);
});

test("the prior pulls what was seen little towards no difference, and what was seen often hardly", () => {
  const history = (count: number) => [
    ...times(count, example(true, "a")),
    ...times(count, example(false, "b")),
  ];
  const weightOf = (count: number) => fitLogistic(history(count), 2).byFeature.get("a")!;
  expect(weightOf(3)).toBeGreaterThan(0);
  expect(weightOf(3)).toBeLessThan(0.8);
  expect(weightOf(300)).toBeGreaterThan(2.5);
});

test("for any examples it is the optimum: no small step makes the penalized loss smaller", () => {
  const any = fc.array(
    fc.record({
      target: fc.constantFrom(0, 0.25, 1),
      has: fc.subarray(["a", "b", "c"]),
      size: fc.integer({ min: -2, max: 2 }),
    }),
    { minLength: 4, maxLength: 40 },
  );
  fc.assert(
    fc.property(any, fc.double({ min: 0.5, max: 5, noNaN: true }), (raw, penalty) => {
      const examples = raw.map(({ target, has, size }) => ({
        target,
        features: new Map([...has.map((name): [string, number] => [name, 1]), ["size", size]]),
      }));
      const { constant, byFeature } = fitLogistic(examples, penalty);
      const loss = (moved: ReadonlyMap<string, number>) =>
        examples.reduce((sum, { target, features }) => {
          const chance = chanceOf({ constant, byFeature: moved }, features);
          return sum - target * Math.log(chance) - (1 - target) * Math.log(1 - chance);
        }, 0) +
        (penalty / 2) * [...moved.values()].reduce((sum, weight) => sum + weight ** 2, 0);
      const best = loss(byFeature);
      for (const [name, weight] of byFeature) {
        for (const step of [-0.01, 0.01]) {
          expect(loss(new Map([...byFeature, [name, weight + step]]))).toBeGreaterThanOrEqual(best - 1e-9);
        }
      }
    }),
    { numRuns: 300 },
  );
});
