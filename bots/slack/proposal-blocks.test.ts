import type { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { describe, expect, it } from "vitest";
import { toProposalCard } from "../proposal-card.ts";
import { hostile, sampleProposal } from "../testing/sample-proposal.ts";
import { approveAction, rejectAction, toProposalMessage } from "./proposal-blocks.ts";
import { findBlockProblem } from "./testing/find-block-problem.ts";

/** Every object of the blocks that carries text. */
function texts(node: unknown): { type: string; text: string }[] {
  if (Array.isArray(node)) return node.flatMap(texts);
  if (typeof node !== "object" || node === null) return [];
  const own = node as { type?: unknown; text?: unknown };
  const found = typeof own.text === "string" ? [{ type: String(own.type), text: own.text }] : [];
  return [...found, ...Object.values(node).flatMap(texts)];
}

const draw = (of: ProposalOutput) => toProposalMessage(toProposalCard(of), "https://cost.contoso.example");
const actions = (of: ProposalOutput) =>
  [...JSON.stringify(draw(of).blocks).matchAll(/"action_id":"(\w+)"/g)].map(([, id]) => id);

describe("a proposal's card in Slack", () => {
  it("shows names from the cloud as plain words: no markup is read, no link made, nothing reversed", () => {
    const message = draw(sampleProposal([hostile]));
    expect(findBlockProblem(message.blocks)).toBeNull();
    const all = texts(message.blocks);
    expect(all.some(({ text }) => text.includes("<!channel> *urgent*"))).toBe(true);
    for (const { type, text } of all) {
      // mrkdwn is the only kind of text in which Slack reads mentions and links.
      expect(["text", "plain_text"]).toContain(type);
      expect(text).not.toMatch(/[\n\u202e]/);
      if (text.includes("evil")) expect(text).toContain("https[:]//evil.example");
    }
    expect(draw(sampleProposal([hostile], { headline: hostile })).text).not.toMatch(/[<>]/);
  });

  it("fits fifty resources, each with its full id", () => {
    const message = draw(sampleProposal(Array.from({ length: 50 }, (_, index) => `vm-${index}`)));
    expect(findBlockProblem(message.blocks)).toBeNull();
    for (let index = 0; index < 50; index++) {
      expect(texts(message.blocks).some(({ text }) => text.endsWith(`virtualmachines/${index}`))).toBe(true);
    }
  });

  it("offers no approval of a plan that it cannot show whole", () => {
    const long = sampleProposal(Array.from({ length: 50 }, (_, index) => `${index}-${"x".repeat(150)}`));
    expect(findBlockProblem(draw(long).blocks)).toBeNull();
    expect(actions(long)).not.toContain(approveAction);
    expect(actions(long)).toContain(rejectAction);
    expect(JSON.stringify(draw(long).blocks)).toContain("too long for a message");
  });

  it.each([
    ["rejected", "Rejected"],
    ["expired", "Expired: nothing was changed"],
    ["executing", "Running"],
    ["completed", "Done"],
    ["failed", "Failed"],
    ["needs_attention", "Needs a person to look"],
    ["rolled_back", "Undone"],
  ] as const)("has no buttons to decide once it is %s", (status, words) => {
    const decided = sampleProposal(["vm-1"], { status, statusReason: "because" });
    expect(JSON.stringify(draw(decided).blocks)).toContain(words);
    expect(JSON.stringify(draw(decided).blocks)).toContain("because");
    expect(actions(decided)).not.toContain(approveAction);
    expect(actions(decided)).not.toContain(rejectAction);
  });

  it("says plainly what cannot be undone", () => {
    const gone = sampleProposal(["pip-1"]);
    gone.plan.reversible = false;
    gone.plan.items[0]!.undo = null;
    expect(JSON.stringify(draw(gone).blocks)).toContain("It cannot be undone");
  });
});
