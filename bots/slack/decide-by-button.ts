import { type ButtonPayload, decideInChat } from "../approvals.ts";
import { describeError } from "../describe-error.ts";
import { findSender } from "../senders.ts";
import { chatSender } from "./chat-sender.ts";
import type { SlackPlace } from "./live-message.ts";
import { toRejectModal } from "./reject-modal.ts";
import { type SlackContext, type SlackSender, whisper } from "./slack-context.ts";

/** A pressed approve, or a submitted rejection: decides as the linked member, or says why not; never throws. */
export async function decideByButton(
  context: SlackContext,
  sender: SlackSender,
  place: SlackPlace,
  decision: ButtonPayload & { decision: "approve" | "reject"; reason?: string },
): Promise<void> {
  const { product, cards, log } = context;
  let said: string | null = null;
  try {
    const found = await findSender(context.members, chatSender(context, sender, { fresh: true }), {
      wanted: decision.decision,
      proposalId: decision.proposalId,
    });
    if ("refusal" in found) said = found.refusal;
    else await decideInChat(product, "slack", found.member, decision);
  } catch (error) {
    said = describeError(error);
  }
  try {
    if (said !== null) await whisper(context, place, sender.userId, said);
    // Also after a refusal: the card may show a state that has passed.
    await cards.refresh(decision.proposalId);
  } catch (err) {
    log.error({ err, proposalId: decision.proposalId }, "the outcome of a click could not be shown in Slack");
  }
}

/** A pressed reject: asks for the reason. The rules are checked when it is submitted. */
export async function askForReason(
  { api }: SlackContext,
  triggerId: string,
  payload: ButtonPayload,
  place: SlackPlace,
): Promise<void> {
  await api.client.views.open({ trigger_id: triggerId, view: toRejectModal(payload, place) });
}
