import { expect, it } from "vitest";
import type { Thinking } from "../thought.ts";
import { answerUnmanagedDisks } from "./unmanaged-disks.ts";

const recommendation = (name: string, saving: string | null) => ({
  id: name,
  resource: { name },
  monthlySavings: saving === null ? null : { value: saving, currency: "USD" },
  evidence: [
    { label: "Lease state", value: "available", unit: "text" },
    { label: "Storage account", value: "stold", unit: "text" },
    { label: "Size", value: "128", unit: "GiB" },
    { label: "Days without a write", value: "44", unit: "days" },
  ],
});

const question = { text: "do we have unmanaged disks", filters: [] };

function say(options: {
  leased?: number;
  unleased?: number;
  rows?: unknown[];
  failing?: string[];
  note?: string | null;
}): string {
  const { leased = 0, unleased = 0, rows = [], failing = [], note = null } = options;
  const counts = [
    { key: "unleased", count: unleased },
    { key: "leased", count: leased },
  ].filter(({ count }) => count > 0);
  const results = [
    { call: 0, name: "search_resources", output: { totalCount: leased + unleased, counts, note } },
    { call: 1, name: "list_recommendations", output: { rows } },
    {
      call: 2,
      name: "explain_check",
      output: {
        passedCount: 9,
        failedCount: failing.length,
        unknownCount: 0,
        failing: failing.map((name) => ({ name })),
      },
    },
  ];
  return (answerUnmanagedDisks({ question, results } as unknown as Thinking) as { say: string }).say;
}

it("asks for the disks, for what is recommended of them and for the machines", () => {
  const { calls } = answerUnmanagedDisks({ question, results: [] } as unknown as Thinking) as {
    calls: { name: string; input: object }[];
  };
  expect(calls.map(({ name }) => name)).toEqual([
    "search_resources",
    "list_recommendations",
    "explain_check",
  ]);
  // What is drawn beside the words is of the same disks.
  expect(calls[1]!.input).toMatchObject({ type: "unattached_disk", resourceType: "unmanaged disks" });
});

it("says how many are used, which are left behind with size, age and an estimate, and on which machines they are", () => {
  const said = say({
    leased: 2,
    unleased: 3,
    rows: [recommendation("left.vhd", "5.76"), recommendation("premium.vhd", null)],
    failing: ["vm-old"],
  });
  expect(said.split("\n").filter(Boolean)).toEqual([
    "**{{0:/totalCount}} unmanaged disks** in storage accounts: {{0:/counts/1/count}} leased, so in use, and {{0:/counts/0/count}} not.",
    "{{2:/failedCount}} virtual machine runs on them: `vm-old`.",
    "**{{count 1:/rows/0/confidenceRatio 1:/rows/1/confidenceRatio}}** look left behind: no lease, and no machine names them. What deleting each would save is an estimate by size and list price: the bill has storage accounts as a whole.",
    "- `left.vhd` in `stold`: {{1:/rows/0/evidence/2}}, last written {{1:/rows/0/evidence/3}} ago, {{1:/rows/0/monthlySavings}} a month",
    "- `premium.vhd` in `stold`: {{1:/rows/1/evidence/2}}, last written {{1:/rows/1/evidence/3}} ago, its cost is not known",
    expect.stringContaining("Which disks are unattached"),
  ]);
});

it("takes an account that could not be listed for no empty one", () => {
  const note =
    "Storage accounts did not let us list their containers. Not read: stclosed. Let their firewall admit us.";
  const said = say({ note });
  expect(said).not.toContain("**No unmanaged disks**");
  expect(said).toContain("Not read: stclosed.");
  expect(say({ note: "None of the 90 resources matches all of this." })).toMatch(
    /^\*\*No unmanaged disks\*\*: .+\nNo machine uses one: all \{\{2:\/passedCount\}\}/,
  );
});

it("says that nothing looks left behind where only used and kept ones are", () => {
  expect(say({ leased: 1, unleased: 1 })).toContain("None of them looks left behind");
});
