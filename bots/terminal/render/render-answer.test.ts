import type { Answer } from "@cloudoptima/agent/answer.ts";
import { describe, expect, it } from "vitest";
import { plainStyle } from "../style.ts";
import { renderAnswer } from "./render-answer.ts";

const answer = (text: string, views: Answer["views"] = []): Answer => ({
  answer: text,
  figures: [],
  toolCalls: [],
  views,
  model: "test",
});

describe("an answer on a terminal", () => {
  it("leads with the finding, then lines, then the chart", () => {
    const text = renderAnswer(
      answer("September cost **$12**.\n- Storage $8\n- Bandwidth $4", [
        {
          type: "bar",
          title: "Cost by service",
          currency: "USD",
          rows: [{ key: "s", label: "Storage", amount: "8", share: null }],
        },
      ]),
      plainStyle,
    );
    expect(text.split("\n").slice(0, 5)).toEqual([
      "September cost $12.",
      "• Storage $8",
      "• Bandwidth $4",
      "",
      "Cost by service (USD)",
    ]);
  });

  it("prints a model's escape codes, links that hide and reversed text as nothing", () => {
    const hostile =
      "ok\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007\u001b[2J\u009b31m \u202eabc\u0000";
    expect(renderAnswer(answer(hostile), plainStyle)).toBe("okclick abc\n");
  });
});
