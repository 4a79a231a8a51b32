import { describe, expect, test } from "vitest";
import { saidQuestions } from "../testing/said-questions.ts";

const lastOf = (...said: string[]) => saidQuestions(said).at(-1)!;

describe("who owns something", () => {
  test.each([
    ["who owns rg-dev", "resource_group"],
    ["which team owns vm-dev-poc-003?", "resource"],
    ["who is responsible for rg-data-prod", "resource_group"],
    ["owner of orders", "resource"],
    ["who's the owner of Contoso Development", "subscription"],
    ["who should I ask about vm-dev-poc-003", "resource"],
    ["who owns pip-nobody-001", "resource"],
  ])("%s: asks for the owner of one place, grouped by nothing", (text, dimension) => {
    const { intent, filters, groupBy } = lastOf(text);
    expect([intent, filters.map((filter) => filter.dimension), groupBy]).toEqual([
      "owner",
      [dimension],
      undefined,
    ]);
  });

  test.each([
    "who owns the most",
    "who owns what",
    "who spends the most on storage",
    "who owns the spend in August",
    "is there anything in rg-dev that nobody owns?",
    "who deleted vm-dev-poc-003?",
  ])("%s: is another question", (text) => {
    expect(lastOf(text).intent).not.toBe("owner");
  });

  test("a name or a pronoun alone goes on with it", () => {
    expect(lastOf("who owns vm-dev-poc-003", "and vm-dev-spike-001?")).toMatchObject({
      intent: "owner",
      filters: [{ words: "vm-dev-spike-001" }],
    });
    expect(lastOf("what did vm-dev-poc-003 cost last month", "who owns it?")).toMatchObject({
      intent: "owner",
      filters: [{ words: "vm-dev-poc-003" }],
    });
  });
});
