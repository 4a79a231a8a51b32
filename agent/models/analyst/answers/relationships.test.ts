import { expect, it } from "vitest";
import type { Thinking } from "../thought.ts";
import { answerRelationships } from "./relationships.ts";

const machine = "/subscriptions/1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm-1";

function thinking(text: string, rows?: unknown[], more: unknown[] = []): Thinking {
  const output = { id: machine, name: "vm-1", rows };
  const results = rows ? [{ call: 0, name: "get_resource_relationships", output }, ...more] : [];
  return { question: { text }, results } as unknown as Thinking;
}

it.each([
  ["what is attached to vm-web-1?", "vm-web-1", "both"],
  ["What depends on the plan-shop", "plan-shop", "used_by"],
  ["which disks belong to 'vm-data-2'?", "vm-data-2", "both", { steps: 4 }],
  ["what uses nsg-hub", "nsg-hub", "used_by"],
  ["which NSG protects vm-web-1", "vm-web-1", "both", { steps: 4 }],
  ["databases on sql-data", "sql-data", "both", { steps: 4 }],
  ["We want to retire vm-old-1. What depends on it?", "vm-old-1", "used_by"],
])("%s", (text, id, direction, steps: object = { steps: 3 }) => {
  expect(answerRelationships(thinking(text))).toEqual({
    calls: [{ name: "get_resource_relationships", input: { id, direction, ...steps } }],
  });
});

const disk = "/subscriptions/1/resourcegroups/rg/providers/microsoft.compute/disks/disk-1";

it("adds up what a resource and its disks cost, each looked up by its id", () => {
  const rows = [
    { direction: "uses", kindLabel: "Disk", name: "disk-1", throughName: null, id: disk, steps: 1 },
    {
      direction: "uses",
      kindLabel: "Network",
      name: "vnet-1",
      throughName: "nic-1",
      id: "/x/providers/microsoft.network/virtualnetworks/vnet-1",
      steps: 2,
    },
  ];
  const text = "what does vm-1 cost including its disks";
  expect(answerRelationships(thinking(text, rows))).toEqual({
    calls: [machine, disk].map((id) => ({ name: "search_resources", input: { text: id, limit: 1 } })),
  });
  const costs = [machine, disk].map((id, index) => ({
    call: index + 1,
    name: "search_resources",
    output: {
      period: { start: "2026-09-01", end: "2026-10-01" },
      rows: [{ id, cost: [{ value: String(40 + index), currency: "USD" }] }],
    },
  }));
  const { say } = answerRelationships(thinking(text, rows, costs)) as { say: string };
  expect(say).toContain("{{sum 2:/rows/0/cost/0 1:/rows/0/cost/0}}");
});

it("says whether something uses what is to be removed, and what was measured of it", () => {
  const text = "is it safe to delete vm-1?";
  const advice = {
    call: 1,
    name: "list_recommendations",
    output: {
      rows: [
        {
          resource: { name: "vm-1" },
          typeLabel: "Idle virtual machine",
          title: "Stop vm-1",
          risk: "low",
          monthlySavings: null,
        },
      ],
    },
  };
  const { say } = answerRelationships(thinking(text, [], [advice])) as { say: string };
  expect(say).toMatch(/nothing that uses[\s\S]*flagged as idle virtual machine/);
  const { say: unmeasured } = answerRelationships(
    thinking(text, [], [{ ...advice, output: { rows: [] } }]),
  ) as { say: string };
  expect(unmeasured).toContain("No open recommendation says that it is unused");
});

it("tells what a resource uses apart from what uses it, and through what", () => {
  const rows = [
    { direction: "uses", kindLabel: "Disk", name: "disk-1", throughName: null },
    { direction: "uses", kindLabel: "Public IP", name: "pip-1", throughName: "nic-1" },
    { direction: "used_by", kindLabel: "Backend", name: "lb-1", throughName: null },
  ];
  const { say } = answerRelationships(thinking("what is attached to vm-1", rows)) as { say: string };
  expect(say.replaceAll("\\", "")).toMatch(
    /vm-1 uses:[\s\S]*- disk-1 \(Disk\)\n- pip-1 \(Public IP, through nic-1\)[\s\S]*vm-1 is used by:[\s\S]*- lb-1 \(Backend\)/,
  );
  expect(answerRelationships(thinking("what is attached to vm-1", []))).toMatchObject({
    say: expect.stringContaining("nothing"),
  });
});
