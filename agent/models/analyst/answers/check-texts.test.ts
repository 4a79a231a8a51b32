import { allChecks } from "@cloudoptima/tools/assessment/all-checks.ts";
import { expect, test } from "vitest";
import { createFigureIds, TextProof } from "../../../proof/prove-text.ts";
import { toPlainText } from "../../../proof/to-plain-text.ts";
import { TurnLedger } from "../../../turn-ledger.ts";
import { word } from "./write.ts";

/** What an answer shows of a text that a tool gave, after the proof of each figure. */
function shown(text: string): string {
  const ledger = new TurnLedger();
  const call = { name: "explain_check", input: {}, output: { text } };
  ledger.calls.push(call as unknown as (typeof ledger.calls)[number]);
  let markdown = "";
  const proof = new TextProof(ledger, { personSaid: [], today: "2026-11-23" }, createFigureIds(), {
    figure: () => {},
    suggestion: () => {},
    text: (part) => {
      markdown += part;
    },
    end: () => {},
  });
  proof.push(`${word(text)}\n`);
  proof.end();
  return toPlainText(markdown);
}

// A figure in a check's own words has no tool result behind it: said in an answer it would be marked as unproven.
test.each(allChecks.map((check) => [check.id, check] as const))(
  "%s can be said without a figure that nothing proves",
  (_, { question, why, fix }) => {
    for (const text of [question, why, fix]) expect(shown(text)).not.toContain("unproven");
  },
);
