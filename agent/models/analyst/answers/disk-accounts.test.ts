import { describe, expect, test } from "vitest";
import type { Thinking, Thought } from "../thought.ts";
import { findIntent } from "../understand/find-intent.ts";
import { answerDiskAccounts, diskAccountQuestion } from "./disk-accounts.ts";

const account = (name: string) => `/subscriptions/s/x/${name}`;
const disk = (of: string, name: string, gib: string | null = "128") => ({
  id: `${account(of)}/blobservices/default/containers/vhds/blobs/${name}`,
  name,
  diskSize: gib === null ? null : { value: gib, unit: "GiB" },
});

function think(text: string, outputs: [name: string, output: object][] = [], named?: string): Thought {
  const filters = named ? [{ dimension: "resource", words: named, values: [named], exclude: false }] : [];
  const results = outputs.map(([name, output], call) => ({ call, name, input: {}, output }));
  return answerDiskAccounts({ question: { text, filters, periods: [] }, results } as unknown as Thinking);
}
const asked = "which storage accounts hold disks nobody attached";
const found = (rows: object[], note: string | null = null) => ({ totalCount: rows.length, rows, note });

describe("disks by storage account", () => {
  test.each([
    asked,
    "which storage accounts have unmanaged disks",
    "in which storage accounts are the unattached disks",
    "page blobs per storage account",
    "what storage accounts contain orphaned VHDs?",
  ])("%s", (text) => {
    expect([findIntent(text), diskAccountQuestion.test(text)]).toEqual(["unmanaged_disks", true]);
  });

  test.each([
    "list storage accounts",
    "which disks are unattached",
    "what do disks and storage accounts cost",
  ])("%s: is another question", (text) => {
    expect(diskAccountQuestion.test(text)).toBe(false);
  });
});

test("only those that nobody leases are looked for where nobody is said to use them", () => {
  const callsOf = (text: string) => {
    const thought = think(text);
    return "calls" in thought ? thought.calls[0]!.input : {};
  };
  expect(callsOf(asked)).toMatchObject({ type: "unmanaged disks", status: "unleased" });
  expect(callsOf("which storage accounts have unmanaged disks")).not.toHaveProperty("status");
});

test("each account: how many, how large, what it costs, and what could go", () => {
  const rows = [disk("stold", "a.vhd", "700"), disk("stnew", "b.vhd"), disk("stold", "c.vhd", "30")];
  const saving = { resource: { id: rows[2]!.id }, monthlySavings: { value: "3", currency: "USD" } };
  const before: [string, object][] = [
    ["search_resources", found(rows)],
    ["list_recommendations", { rows: [saving] }],
  ];
  expect(think(asked, before)).toEqual({
    calls: [
      {
        name: "get_cost_breakdown",
        input: {
          filters: [{ dimension: "resource", values: [account("stold"), account("stnew")] }],
          groupBy: "resource",
          top: 100,
        },
      },
    ],
  });
  const costs = {
    period: { start: "2026-09-01", end: "2026-10-01" },
    rows: [{ key: account("stold"), amount: { value: "9", currency: "USD" } }],
  };
  const thought = think(asked, [...before, ["get_cost_breakdown", costs]]);
  const said = "say" in thought ? thought.say.split("\n") : [];
  expect(said.slice(0, 3)).toEqual([
    "**{{count 0:/rows/0/diskSize 0:/rows/1/diskSize}}** storage accounts hold **{{count 0:/rows/0/diskSize 0:/rows/2/diskSize 0:/rows/1/diskSize}}** unmanaged disks that nobody leases. Together: {{sum 0:/rows/0/diskSize 0:/rows/2/diskSize 0:/rows/1/diskSize}}.",
    "- `stold`: {{count 0:/rows/0/diskSize 0:/rows/2/diskSize}} disks, {{sum 0:/rows/0/diskSize 0:/rows/2/diskSize}} (`a.vhd` and `c.vhd`); the account cost {{2:/rows/0/amount}}; left behind: `c.vhd` ({{1:/rows/0/monthlySavings}} a month)",
    "- `stnew`: {{count 0:/rows/1/diskSize}} disk, {{sum 0:/rows/1/diskSize}} (`b.vhd`); the account has no cost in these days",
  ]);
  expect(said[3]).toContain("effective cost. What deleting a disk would save is an estimate");
});

test("none is said as none only where every account could be looked into", () => {
  const say = (note: string | null, named?: string) => {
    const before: [string, object][] = [
      ["search_resources", found([], note)],
      ["list_recommendations", { rows: [] }],
    ];
    const thought = think(asked, before, named);
    return "say" in thought ? thought.say : "";
  };
  expect(say(null)).toContain("**No** storage account holds unmanaged disks that nobody leases");
  expect(say("Storage accounts did not let us list them. Not read: stclosed.")).toMatch(
    /^No unmanaged disks that nobody leases are known.*\n.*Not read: stclosed\./,
  );
  expect(say(null, "stold")).toContain("looked for: stold");
});
