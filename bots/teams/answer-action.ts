import { safeName } from "@cloudoptima/tools/kernel/safe-name.ts";
import { z } from "zod";
import { type ButtonPayload, decideInChat, readCard, readPayload } from "../approvals.ts";
import { describeError } from "../describe-error.ts";
import { findSender } from "../senders.ts";
import { longestReason, proposalVerbs, toProposalAdaptiveCard } from "./proposal-message.ts";
import { readSender, type TeamsActivity, type TeamsSender } from "./read-activity.ts";
import type { TeamsContext } from "./teams-context.ts";
import { type AdaptiveCard, adaptiveCardType } from "./teams-message.ts";

/** What an Action.Execute is answered with; only who pressed sees it. */
export type ActionAnswer =
  | { statusCode: 200; type: typeof adaptiveCardType; value: AdaptiveCard }
  | { statusCode: 200; type: "application/vnd.microsoft.activity.message"; value: string }
  | {
      statusCode: 400 | 403;
      type: "application/vnd.microsoft.error";
      value: { code: string; message: string };
    };

const ActionValue = z.object({
  action: z.object({
    verb: z.enum(proposalVerbs),
    data: z.object({ payload: z.string().max(200), reason: z.string().max(longestReason).optional() }),
  }),
});

/** A pressed button of a proposal's card, or the card looked at again; never throws. */
export async function answerAction(context: TeamsContext, activity: TeamsActivity): Promise<ActionAnswer> {
  const sender = readSender(activity, context.tenantId);
  const parsed = ActionValue.safeParse(activity.value);
  if (!parsed.success) return failed(400, "BadRequest", "This button is none of ours.");
  const { verb, data } = parsed.data.action;
  try {
    const payload = readPayload(data.payload);
    if (verb === "refresh") return await currentCard(context, sender, payload);
    const reason = verb === "reject" ? (data.reason ?? "").trim() : undefined;
    return await decide(context, sender, { ...payload, decision: verb, ...(reason ? { reason } : {}) });
  } catch (error) {
    context.log.info({ err: error, verb }, "a button in Teams did nothing");
    return told(describeError(error));
  }
}

async function decide(
  context: TeamsContext,
  sender: TeamsSender,
  decision: ButtonPayload & { decision: "approve" | "reject"; reason?: string },
): Promise<ActionAnswer> {
  const { members, product, senderOf, webAddress } = context;
  const { proposalId } = decision;
  const found = await findSender(members, senderOf(sender, { fresh: true }), {
    wanted: decision.decision,
    proposalId,
  });
  if ("refusal" in found) return told(found.refusal);
  await decideInChat(product, "teams", found.member, decision);
  const card = await readCard(product.service, found.member, "teams", proposalId);
  return shown(toProposalAdaptiveCard(card, webAddress));
}

/**
 * The card as it is now, for members. Everybody's client asks for it, unasked, so that others are not told why they
 * get none, and it is not audited: they go on seeing what everyone in the conversation sees.
 */
async function currentCard(
  { members, product, senderOf, tenantId, webAddress }: TeamsContext,
  sender: TeamsSender,
  { proposalId }: ButtonPayload,
): Promise<ActionAnswer> {
  const { account, readPerson } = senderOf(sender, { fresh: false });
  const inside = account.teamId === tenantId && (await readPerson()).outsider === null;
  const member = inside ? await members.find(account) : null;
  if (!member) return failed(403, "Forbidden", "Only linked members see the card change.");
  const card = await readCard(product.service, member, "teams", proposalId);
  return shown(toProposalAdaptiveCard(card, webAddress));
}

function shown(value: AdaptiveCard): ActionAnswer {
  return { statusCode: 200, type: adaptiveCardType, value };
}

function told(value: string): ActionAnswer {
  return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: safeName(value, 600) };
}

function failed(statusCode: 400 | 403, code: string, message: string): ActionAnswer {
  return { statusCode, type: "application/vnd.microsoft.error", value: { code, message } };
}
