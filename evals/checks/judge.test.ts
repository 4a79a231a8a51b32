import type { Answer } from "@cloudoptima/agent/answer.ts";
import { describe, expect, it } from "vitest";
import type { EvalCase } from "../cases/eval-case.ts";
import { judge } from "./judge.ts";

const question: EvalCase = {
  family: "totals",
  question: "What did we spend last month?",
  tools: ["get_cost_breakdown"],
  truth: "select …",
};
const truth = [{ usd: "110238.0900", name: "Storage" }];

function answerWith(changes: Partial<Answer> = {}): Answer {
  return {
    answer: "September cost $110.2 k, most of it Storage (45.2 %).",
    figures: [
      {
        text: "$110.2 k",
        value: "110238.09",
        unit: "USD",
        sources: [{ call: 0, pointer: "/total/0/value" }],
        formula: "identity",
      },
      {
        text: "45.2 %",
        value: "45.2155",
        unit: "percent",
        sources: [{ call: 0, pointer: "/rows/0/share" }],
        formula: "percent",
      },
    ],
    toolCalls: [
      {
        name: "get_cost_breakdown",
        input: {},
        output: { total: [{ value: "110238.09", currency: "USD" }], rows: [{ share: "0.452155" }] },
      },
    ],
    views: [],
    model: "test",
    ...changes,
  };
}

const withFigure = (changes: Partial<Answer["figures"][number]>) => {
  const answer = answerWith();
  const [first, ...rest] = answer.figures;
  return { ...answer, figures: [{ ...first!, ...changes }, ...rest] };
};

describe("the judge", () => {
  it("passes a right answer", () => {
    expect(judge(question, answerWith(), truth)).toEqual([]);
  });

  it("lets a figure be as far from the truth as the case says, and no farther", () => {
    const off = (usd: string) => judge({ ...question, moneyWithin: "0.5" }, answerWith(), [{ usd }]);
    expect(off("110238.59")).toEqual([]);
    expect(off("110238.60")).toEqual(["it has no figure of 110238.60 usd"]);
  });

  it("fails an answer whose figure is not the truth, has another unit, or lacks a name", () => {
    expect(judge(question, answerWith(), [{ usd: "110238.10" }])).toEqual([
      "it has no figure of 110238.10 usd",
    ]);
    expect(judge(question, answerWith(), [{ count: "110238.09" }])).toHaveLength(1);
    expect(judge(question, answerWith(), [{ name: "Bandwidth" }])).toEqual([
      'it does not mention "Bandwidth"',
    ]);
  });

  it("fails a figure without a number behind it, computed wrongly, or rounded to another number", () => {
    const missing = withFigure({ sources: [{ call: 0, pointer: "/total/0" }] });
    expect(judge(question, missing, null)[0]).toMatch(/has a source that is no number/);
    const outside = withFigure({ sources: [{ call: 3, pointer: "/total/0/value" }] });
    expect(judge(question, outside, null)[0]).toMatch(/has a source that is no number/);
    expect(judge(question, withFigure({ value: "99" }), null)).toEqual([
      'figure "$110.2 k" (99) is not the identity of 110238.09',
      'figure "$110.2 k" does not round 99',
    ]);
    const rounded = { ...withFigure({ text: "$110.9 k" }), answer: "It cost $110.9 k and 45.2 % of it." };
    expect(judge(question, rounded, null)).toEqual(['figure "$110.9 k" does not round 110238.09']);
  });

  it("reads bytes that are told in larger units", () => {
    const ofBytes = (value: string) => {
      const { toolCalls, ...told } = withFigure({ text: "9.50 GiB", value, unit: "bytes" });
      const [call] = toolCalls;
      const output = { ...(call!.output as object), total: [{ value, unit: "bytes" }] };
      const answer = {
        ...told,
        answer: "It has 9.50 GiB and 45.2 % of it.",
        toolCalls: [{ ...call!, output }],
      };
      return judge(question, answer, null);
    };
    expect(ofBytes("10200547328")).toEqual([]);
    expect(ofBytes("9500000000")).toEqual(['figure "9.50 GiB" does not round 9500000000']);
  });

  it("fails a figure that the reader does not see, and one that is marked as unproven", () => {
    expect(judge(question, answerWith({ answer: "It cost $110.2 k." }), null)).toEqual([
      'figure "45.2 %" does not stand in the answer',
    ]);
    const marked = answerWith({ answer: "$110.2 k, 45.2 %, [unproven: 7]" });
    expect(judge(question, marked, null)).toEqual(["the answer holds an unproven figure"]);
  });

  it("counts only tool calls that were answered", () => {
    const failed = answerWith({
      answer: "No data.",
      figures: [],
      toolCalls: [{ name: "get_cost_breakdown", input: {}, output: { error: "no_data: …" } }],
    });
    expect(judge(question, failed, null)).toEqual(["it called nothing instead of get_cost_breakdown"]);
  });

  it("wants a refusal to say why and to hold no money", () => {
    const refusal: EvalCase = { family: "limits", question: "spend on Snowflake", declines: /snowflake/i };
    const honest = answerWith({ answer: "There is no Snowflake here.", figures: [], toolCalls: [] });
    expect(judge(refusal, honest, null)).toEqual([]);
    expect(judge(refusal, answerWith(), null)).toEqual([
      "it does not say what is missing (/snowflake/i)",
      "it gave $110.2 k for a question it cannot answer",
    ]);
  });
});
