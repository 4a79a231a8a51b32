import { expect, test } from "vitest";
import type { Thinking, Thought } from "../thought.ts";
import { Names } from "../understand/names.ts";
import { answerOwner } from "./owner.ts";

const names = new Names([
  { dimension: "tag", tagKey: "Owner", key: "ann", label: "ann" },
  { dimension: "tag", tagKey: "Team", key: "web", label: "web" },
]);
const filter = (dimension: string, words: string) => ({ dimension, words, values: [words], exclude: false });
const cost = {
  period: { start: "2026-09-01", end: "2026-10-01" },
  costKind: "effective",
  total: [{ value: "5", currency: "USD" }],
  rows: [],
};
const row = (name: string, tags: Record<string, string>) => ({
  id: `/x/${name}`,
  name,
  typeLabel: "Virtual machine",
  resourceGroup: "rg-a",
  subscriptionName: null,
  tags,
});
const change = (more: object) => ({
  at: "2026-10-04T10:00:00Z",
  kind: "updated",
  name: "vm-1",
  changedBy: null,
  client: null,
  ...more,
});

function think(dimension: string, words: string, outputs: [name: string, output: object][] = []): Thought {
  const filters = [filter(dimension, words)];
  const question = { text: `who owns ${words}`, filters, unknownNames: [], periods: [] };
  const results = outputs.map(([name, output], call) => ({ call, name, input: {}, output }));
  const today = Temporal.PlainDate.from("2026-10-14");
  return answerOwner({ question, results, names, today } as unknown as Thinking);
}
const lines = (thought: Thought) => ("say" in thought ? thought.say.split("\n").filter(Boolean) : []);

test("one thing: the owner first, then the other tags of people, its history, and cost last", () => {
  const changes = [
    change({ changedBy: "dana", at: "2026-10-06T10:00:00Z" }),
    change({ kind: "created", changedBy: "eve" }),
  ];
  const said = lines(
    think("resource", "vm-1", [
      // A name that only begins alike is another thing.
      [
        "search_resources",
        { totalCount: 2, rows: [row("vm-11", {}), row("vm-1", { Team: "web", Owner: "ann" })] },
      ],
      ["get_cost_breakdown", cost],
      ["list_resource_changes", { totalCount: 2, rows: changes, knownFrom: "2026-10-01T00:00:00Z" }],
    ]),
  );
  expect(said).toEqual([
    "**ann** owns `vm-1` (Virtual machine, rg-a), by its tag Owner; Team: web.",
    "From its history: created by eve on 4 Oct 2026 and last changed by dana on 6 Oct 2026.",
    expect.stringMatching(/^It cost \{\{1:\/total\/0\}\} in September 2026/),
    expect.stringContaining("What happened to vm-1"),
  ]);
});

test("one thing that nobody is tagged on: that, and who is known otherwise", () => {
  const said = lines(
    think("resource", "vm-1", [
      ["search_resources", { totalCount: 1, rows: [row("vm-1", { Stage: "dev" })] }],
      ["get_cost_breakdown", cost],
      ["list_resource_changes", { totalCount: 0, rows: [], knownFrom: "2026-10-01T00:00:00Z" }],
    ]),
  );
  expect(said.slice(0, 2)).toEqual([
    "**No owner is tagged** on `vm-1` (Virtual machine, rg-a): it has only Stage: dev.",
    "Who made it is not known: no change was seen since 1 Oct 2026, the first scan.",
  ]);
});

test("a group: how many belong to whom, how many to nobody, and who changed something in it last", () => {
  const [owners, teams] = [
    [
      { key: "ann", label: "ann", count: 3 },
      { key: null, label: "(untagged)", count: 1 },
    ],
    [{ key: "web", label: "web", count: 4 }],
  ];
  const said = lines(
    think("resource_group", "rg-a", [
      ["search_resources", { totalCount: 4, counts: owners, rows: [row("vm-1", {})] }],
      ["get_cost_breakdown", cost],
      ["list_resource_changes", { totalCount: 2, rows: [change({}), change({ changedBy: "dana" })] }],
      ["search_resources", { totalCount: 4, counts: teams, rows: [row("vm-1", {})] }],
    ]),
  );
  expect(said.slice(0, 4)).toEqual([
    "**ann** owns the most of rg-a: {{0:/counts/0/count}} of {{0:/totalCount}} resources, by the tag Owner.",
    "- Owner: ann {{0:/counts/0/count}}, (untagged) {{0:/counts/1/count}}",
    "- Team: web {{3:/counts/0/count}}",
    "The last change in it was to `vm-1`, by dana on 4 Oct 2026.",
  ]);
});

test("a group without any such tag, and a name that nothing has", () => {
  const counts = [{ key: null, label: "(untagged)", count: 4 }];
  const none = think("resource_group", "rg-a", [["search_resources", { totalCount: 4, counts, rows: [] }]]);
  expect(lines(none)[0]).toBe(
    "**No owner is tagged** in rg-a: none of its {{0:/totalCount}} resources has an Owner or Team tag.",
  );
  const nothing = think("resource", "vm-9", [["search_resources", { totalCount: 0, rows: [] }]]);
  expect(lines(nothing)[0]).toContain("Nothing named vm-9 is in the inventory");
});
