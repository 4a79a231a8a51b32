import { expect, it } from "vitest";
import type { Thinking } from "../thought.ts";
import { answerResourceChanges } from "./resource-changes.ts";

const row = (more: object) => ({
  at: "2026-10-11T00:00:00.000Z",
  kind: "updated",
  name: "messages",
  typeLabel: "SQL database",
  changedBy: "dana@contoso.example",
  client: "Azure Portal",
  fields: [],
  ...more,
});

function said(text: string, ...rows: object[]): string {
  const counts = { createdCount: 0, updatedCount: rows.length, goneCount: 0, returnedCount: 0 };
  const period = { start: "2026-10-05", end: "2026-10-12" };
  const output = { period, totalCount: rows.length, counts, rows, knownFrom: "2026-10-14T09:00:00Z" };
  const thinking = {
    question: { text, periods: [], filters: [] },
    results: [{ call: 0, output }],
  } as unknown as Thinking;
  return (answerResourceChanges(thinking) as { say: string }).say;
}

it("says who changed what, from and to, and points at numbers rather than writing them", () => {
  const fields = [
    { field: "tags.Team", category: "tag", from: null, to: "data" },
    {
      field: "sku.capacity",
      category: "size",
      from: "8",
      to: "16",
      fromFigure: { value: "8", unit: "count" },
      toFigure: { value: "16", unit: "count" },
    },
  ];
  const answer = said("what changed last week?", row({ fields }));
  expect(answer).toContain("tag Team (none) → data; sku.capacity {{0:/rows/0/fields/1/fromFigure}} → ");
  expect(answer).toContain(", by dana@contoso.example, Azure Portal");
  expect(answer).not.toMatch(/\b(?:8|16)\b/);
  expect(answer).toContain("/counts/updatedCount");
  expect(answer).not.toContain("did not say who");
});

it("says of changes without a name that the cloud did not tell, where somebody asks who", () => {
  const unnamed = row({ changedBy: null, client: null });
  expect(said("who changed what last week", unnamed)).toContain("did not say who");
  expect(said("what changed last week", unnamed)).not.toContain("did not say who");
  expect(said("who changed what last week")).toContain("No such change was seen");
});
