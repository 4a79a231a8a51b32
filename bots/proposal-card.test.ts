import { describe, expect, it } from "vitest";
import { toProposalCard } from "./proposal-card.ts";
import { sampleProposal } from "./testing/sample-proposal.ts";

describe("a card that people decide on", () => {
  const withEffect = (effect: string) => {
    const proposal = sampleProposal(["vm-1"]);
    const [item] = proposal.plan.items;
    return toProposalCard({
      ...proposal,
      plan: { ...proposal.plan, items: [{ ...item!, effects: [effect] }] },
    });
  };

  it("is whole when nothing of it is cut off", () => {
    expect(withEffect("Owner = platform (was ops)").complete).toBe(true);
  });

  it("is not whole when the end of an effect or of the headline is cut off", () => {
    expect(withEffect(`Owner = ${"a".repeat(256)} (was ${"b".repeat(256)})`).complete).toBe(false);
    const proposal = sampleProposal(["vm-1"], { headline: `Set ${"a".repeat(250)} on 1 resource` });
    expect(toProposalCard(proposal).complete).toBe(false);
  });
});
