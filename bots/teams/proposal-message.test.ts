import type { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { describe, expect, it } from "vitest";
import { toProposalCard } from "../proposal-card.ts";
import { hostile, sampleProposal } from "../testing/sample-proposal.ts";
import { toAnswerMessage } from "./answer-card.ts";
import { toProposalAdaptiveCard, toProposalMessage } from "./proposal-message.ts";
import { toActivity } from "./teams-message.ts";
import { findCardProblem, ShownCard } from "./testing/find-card-problem.ts";
import { payloadOf, wordsOfCard } from "./testing/teams-world.ts";

const draw = (of: ProposalOutput) =>
  toProposalAdaptiveCard(toProposalCard(of), "https://cost.contoso.example");
const payload = (of: ProposalOutput, verb: string) => payloadOf(ShownCard.parse(draw(of)), verb);
const tricky = `${hostile} <at>everyone</at> [approve](https://evil.example) {{DATE(2026-01-01T00:00:00Z)}}`;

describe("a proposal's card in Teams", () => {
  it("shows names from the cloud as plain words: no markup is read, no link made, nothing reversed", () => {
    const card = draw(sampleProposal([tricky], { headline: tricky }));
    // Only text runs carry text: Teams reads no markdown, mention or link in them.
    expect(findCardProblem(card)).toBeNull();
    const words = wordsOfCard(card);
    expect(words).toContain("<!channel> *urgent*");
    expect(words).toContain("<at>everyone</at> [approve](https[:]//evil.example) { {DATE");
    expect(words).not.toMatch(/[\n\u202e]|\{\{|https:\/\/evil/);
  });

  it("mentions nobody in what notifications show", () => {
    const activity = toActivity(
      toProposalMessage(toProposalCard(sampleProposal(["vm"], { headline: tricky })), null),
    );
    expect(activity).not.toHaveProperty("text");
    expect(activity).not.toHaveProperty("entities");
    expect(activity.summary).not.toMatch(/[\n\u202e]/);
    expect(toActivity({ text: "*a* <at>b</at>" })).toMatchObject({ textFormat: "plain" });
  });

  it("fits fifty resources, each with its full id", () => {
    const card = draw(sampleProposal(Array.from({ length: 50 }, (_, index) => `vm-${index}`)));
    expect(findCardProblem(card)).toBeNull();
    for (let index = 0; index < 50; index++) {
      expect(JSON.stringify(card)).toContain(`virtualmachines/${index}"`);
    }
  });

  it("offers no approval of a plan that it cannot show whole", () => {
    const long = sampleProposal(Array.from({ length: 50 }, (_, index) => `${index}-${"x".repeat(150)}`));
    expect(findCardProblem(draw(long))).toBeNull();
    expect(payload(long, "approve")).toBeUndefined();
    expect(payload(long, "reject")).toBeDefined();
    expect(wordsOfCard(draw(long))).toContain("too long for a message");
  });

  it("carries the proposal's id and hash in its buttons and nothing else", () => {
    const proposal = sampleProposal(["vm-1"]);
    for (const verb of ["approve", "reject"]) {
      expect(payload(proposal, verb)).toBe(`${proposal.id}:${proposal.planHash}`);
    }
  });

  it.each(["rejected", "expired", "executing", "completed", "failed", "rolled_back"] as const)(
    "has no buttons to decide once it is %s",
    (status) => {
      const decided = sampleProposal(["vm-1"], { status, statusReason: "because" });
      expect(wordsOfCard(draw(decided))).toContain("because");
      expect(payload(decided, "approve")).toBeUndefined();
      expect(payload(decided, "reject")).toBeUndefined();
    },
  );
});

describe("an answer's card in Teams", () => {
  const empty = {
    headline: [],
    lines: [],
    moreLineCount: 0,
    figures: [],
    chart: null,
    table: null,
    proposalIds: [],
    suggestions: [],
  };
  const cardOf = (message: ReturnType<typeof toAnswerMessage>) => ("card" in message ? message.card : null);

  it("is one that Teams takes: growing, empty, with a table, with many sources", () => {
    const table = {
      title: "Machines",
      columns: [
        { label: "Name", align: "left" as const },
        { label: "Cost", align: "right" as const },
      ],
      rows: [
        ["vm-1", "$5.00"],
        ["", "-"],
      ],
      moreRowCount: 3,
    };
    const figures = Array.from({ length: 30 }, (_, index) => ({
      text: `$${index}`,
      provenance: `tool ${index}`,
    }));
    const whole = cardOf(
      toAnswerMessage(
        {
          ...empty,
          headline: [{ text: tricky, style: "strong" }],
          lines: [[]],
          table,
          figures,
          suggestions: ["a\n\u202eb"],
        },
        null,
      ),
    );
    for (const card of [cardOf(toAnswerMessage(empty, "")), cardOf(toAnswerMessage(empty, null)), whole]) {
      expect(findCardProblem(card)).toBeNull();
    }
    expect(wordsOfCard(whole)).toContain("Next: a b");
    expect(wordsOfCard(whole)).toContain("18 more in the web.");
    expect(wordsOfCard(whole)).toContain("Machines, 3 more in the web");
  });
});
