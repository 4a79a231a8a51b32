import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { describe, expect, it } from "vitest";
import { toAnswerParts } from "./answer-parts.ts";
import { spansText } from "./spans.ts";

const message = (text: string, ...views: View[]): AgentMessage => ({
  id: "1",
  role: "assistant",
  parts: [
    { type: "text", text },
    ...views.map((view, call) => ({
      type: "data-view" as const,
      data: { id: `view-${call}`, call, tool: "t", input: { groupBy: "region" }, view },
    })),
  ],
});

const table: View = {
  type: "table",
  title: "Resources",
  currency: "USD",
  columns: [
    { key: "name", label: "Name", format: "text" },
    { key: "cost", label: "Cost", format: "money" },
  ],
  rows: Array.from({ length: 12 }, (_, index) => ({ name: `vm-${index}\n<!here>`, cost: "1234.5" })),
};
const bar: View = {
  type: "bar",
  title: "Cost",
  currency: "USD",
  rows: ["a", "b"].map((key) => ({ key, label: key, amount: "1", share: null })),
};

describe("an answer for a chat", () => {
  it("is its headline and at most five lines, figures and unproven numbers told apart", () => {
    const parts = toAnswerParts(
      message(
        "September cost **[\\$110,238](#figure-1)**, not [7](#unproven).\n\n- one\n- two `vm_1`\n  - three\n- four\n- five\n- six\n\nseven",
      ),
    );
    expect(parts.headline).toEqual([
      { text: "September cost ", style: "plain" },
      { text: "$110,238", style: "figure" },
      { text: ", not ", style: "plain" },
      { text: "[unproven: 7]", style: "unproven" },
      { text: ".", style: "plain" },
    ]);
    expect(parts.lines.map(spansText)).toEqual(["one", "two vm_1", "three", "four", "five"]);
    expect(parts.lines[1]!.at(-1)).toEqual({ text: "vm_1", style: "code" });
    expect(parts.moreLineCount).toBe(2);
  });

  it("makes no link, image or markup of what a model or a cloud wrote", () => {
    const { headline } = toAnswerParts(
      message(
        "See [this](https://evil.example/x) ![p](https://evil.example/p.png) <b>https://evil.example</b>",
      ),
    );
    expect(spansText(headline)).toBe("See this (evil.example)  <b>https[:]//evil.example</b>");
  });

  it("has the first chart with what it groups by, else the first table, cut to ten rows", () => {
    expect(toAnswerParts(message("x", table, bar))).toMatchObject({
      chart: { view: { type: "bar" }, dimension: "region" },
      table: null,
    });
    const { chart, table: shown } = toAnswerParts(message("x", table));
    expect(chart).toBeNull();
    expect(shown!.rows).toHaveLength(10);
    expect(shown!.rows[0]).toEqual(["vm-0 <!here>", "$1,234.50"]);
    expect(shown).toMatchObject({ moreRowCount: 2, columns: [{ align: "left" }, { align: "right" }] });
  });

  it("names each proposal once", () => {
    const proposal: View = {
      type: "proposal",
      proposalId: "7f0c1f57-8a67-4a45-9a5f-0c0f2f3c1d11",
      title: "t",
    };
    expect(toAnswerParts(message("x", proposal, proposal)).proposalIds).toEqual([proposal.proposalId]);
  });

  it("is empty before the first word", () => {
    expect(toAnswerParts(undefined)).toMatchObject({ headline: [], lines: [], figures: [], chart: null });
  });
});
