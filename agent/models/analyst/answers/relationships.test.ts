import { expect, it } from "vitest";
import type { Thinking } from "../thought.ts";
import { answerRelationships } from "./relationships.ts";

function thinking(text: string, rows?: unknown[]): Thinking {
  const results = rows
    ? [{ call: 0, name: "get_resource_relationships", output: { name: "vm-1", rows } }]
    : [];
  return { question: { text }, results } as unknown as Thinking;
}

it.each([
  ["what is attached to vm-web-1?", "vm-web-1", "both"],
  ["What depends on the plan-shop", "plan-shop", "used_by"],
  ["which disks belong to 'vm-data-2'?", "vm-data-2", "both"],
  ["what uses nsg-hub", "nsg-hub", "used_by"],
])("%s", (text, id, direction) => {
  expect(answerRelationships(thinking(text))).toEqual({
    calls: [{ name: "get_resource_relationships", input: { id, direction } }],
  });
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
