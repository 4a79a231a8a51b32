import type { ChatPlatform } from "@cloudoptima/tools/access/chat-links/chat-link-shapes.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { DecisionResult } from "@cloudoptima/tools/product.ts";
import { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { z } from "zod";
import type { ProductForBots } from "./product-for-bots.ts";
import { type ProposalCard, toProposalCard } from "./proposal-card.ts";

/** All that a button carries; everything else the server loads itself. */
export interface ButtonPayload {
  proposalId: string;
  /** The plan that the card showed: a decision binds to exactly that one. */
  planHash: string;
}

const Payload = z.tuple([z.uuid(), z.string().regex(/^[0-9a-f]{64}$/)]);

/** A button's payload as text: "<proposal id>:<plan hash>". */
export function writePayload({ proposalId, planHash }: ButtonPayload): string {
  return `${proposalId}:${planHash}`;
}

/** The payload of a pressed button; throws when it is none of ours. */
export function readPayload(text: string): ButtonPayload {
  const parsed = Payload.safeParse(text.split(":"));
  if (!parsed.success) throw new AppError("invalid_input", "This button does not name a proposal.");
  const [proposalId, planHash] = parsed.data;
  return { proposalId, planHash };
}

/** A member's decision by a button of theirs. Every rule is checked behind `decide`, which also audits. */
export function decideInChat(
  product: ProductForBots,
  platform: ChatPlatform,
  member: Actor,
  decision: ButtonPayload & { decision: "approve" | "reject"; reason?: string },
): Promise<DecisionResult> {
  return product.decide(
    member,
    { door: platform, freshSignIn: false, demoSignIn: member.demo === true },
    decision,
    platform,
  );
}

/** A proposal's card as it is now. */
export async function readCard(
  service: ToolService,
  actor: Actor,
  platform: ChatPlatform,
  proposalId: string,
): Promise<ProposalCard> {
  const { output } = await service.invoke({
    actor,
    name: "get_proposal",
    input: { id: proposalId },
    source: platform,
  });
  return toProposalCard(ProposalOutput.parse(output));
}
