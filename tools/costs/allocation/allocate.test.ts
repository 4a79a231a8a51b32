import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, sumDecimals } from "../../kernel/money.ts";
import { allocate } from "./allocate.ts";
import { type AllocationRule, checkRule } from "./allocation-rules.ts";
import { splitAmount } from "./split-amount.ts";

const parts = (amount: string, ...weights: [string, string][]) =>
  [
    ...splitAmount(
      decimal(amount),
      weights.map(([team, weight]) => ({ team, weight: decimal(weight) })),
    )!,
  ].map(([team, part]) => [team, part.toFixed()]);

describe("the largest remainder", () => {
  it.each([
    ["100", ["33.333334", "33.333333", "33.333333"]],
    ["-100", ["-33.333334", "-33.333333", "-33.333333"]],
    ["0.000001", ["0.000001", "0", "0"]],
    ["0.00000000001", ["0.00000000001", "0", "0"]],
  ])("splits %s into thirds that add up", (amount, expected) => {
    expect(parts(amount, ["a", "1"], ["b", "1"], ["c", "1"]).map(([, part]) => part)).toEqual(expected);
  });

  it("gives what is left to the largest remainder, not to the first", () => {
    expect(parts("0.000001", ["a", "1"], ["b", "2"])).toEqual([
      ["a", "0"],
      ["b", "0.000001"],
    ]);
  });

  it("has nobody to give to when no weight is above zero", () => {
    expect(splitAmount(decimal(5), [{ team: "a", weight: decimal(0) }])).toBeNull();
  });
});

const rule = (changes: Partial<AllocationRule>): AllocationRule => ({
  id: "00000000-0000-4000-8000-000000000000",
  name: "r",
  costs: "untagged",
  match: {
    tagKey: null,
    tagValue: null,
    namePattern: "x*",
    subscriptions: [],
    resourceGroups: [],
    services: [],
  },
  split: "proportional",
  shares: [],
  teams: [],
  ...changes,
});

const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 18 }))
  .map(([digits, decimals]) => decimal(digits.toString()).dividedBy(decimal(10).pow(decimals)).toFixed());

it("teams and unallocated add up to the total to the last digit, whatever the rules", () => {
  const costs = fc.array(
    fc.record({
      currency: fc.constantFrom("USD", "EUR"),
      rule: fc.constantFrom(null, 0, 1, 2),
      team: fc.constantFrom("", "a", "b", "c"),
      amount: amounts,
    }),
    { maxLength: 30 },
  );
  const percents = fc
    .array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 7 })
    .map((weights) => {
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      const cut = weights.map((weight) =>
        decimal(weight * 100)
          .dividedBy(whole)
          .toDecimalPlaces(4, 1),
      );
      const rest = decimal(100).minus(cut.slice(1).reduce((sum, part) => sum.plus(part), decimal(0)));
      return [rest, ...cut.slice(1)].map((percent, index) => ({
        team: `t${index}`,
        percent: percent.toFixed(),
      }));
    });
  fc.assert(
    fc.property(costs, percents, (ruled, shares) => {
      const rules = [
        rule({ split: "fixed", shares }),
        rule({}),
        rule({ split: "fixed", shares: [{ team: "a", percent: "100" }] }),
      ];
      const { teams, unallocated } = allocate(ruled, rules);
      for (const currency of ["USD", "EUR"]) {
        const own = ruled.filter((cost) => cost.currency === currency).map(({ amount }) => amount);
        const given = teams
          .filter((team) => team.currency === currency)
          .flatMap(({ direct, allocated }) => [direct.toFixed(), allocated.toFixed()]);
        const left = unallocated.get(currency)?.toFixed() ?? "0";
        expect(sumDecimals([...given, left]).toFixed()).toBe(sumDecimals(own).toFixed());
      }
    }),
  );
});

describe("a rule is refused", () => {
  it.each([
    ["that takes everything", { match: { ...rule({}).match, namePattern: null } }],
    ["with a tag's name alone", { match: { ...rule({}).match, tagKey: "team" } }],
    ["whose shares do not reach 100", { split: "fixed", shares: [{ team: "a", percent: "99.999999" }] }],
    [
      "with a share of nothing",
      {
        split: "fixed",
        shares: [
          { team: "a", percent: "100" },
          { team: "b", percent: "0" },
        ],
      },
    ],
    ["that names a team twice", { teams: ["a", "a"] }],
    ["proportional with shares", { shares: [{ team: "a", percent: "100" }] }],
    ["fixed with teams", { split: "fixed", shares: [{ team: "a", percent: "100" }], teams: ["a"] }],
  ] as [string, Partial<AllocationRule>][])("%s", (_, changes) => {
    expect(() => checkRule(rule(changes))).toThrow();
  });
});
