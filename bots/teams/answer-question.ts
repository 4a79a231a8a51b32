import { readLinkCode } from "@cloudoptima/tools/access/chat-links/link-code.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { type AnswerParts, toAnswerParts } from "../answer-parts.ts";
import { readCard } from "../approvals.ts";
import { renderChartImage } from "../chart-image.ts";
import { describeError } from "../describe-error.ts";
import { type LiveMessage, liveMessage } from "../live-message.ts";
import { findSender, linkAccount } from "../senders.ts";
import { longestImageSide, toAnswerMessage, toChartMessage } from "./answer-card.ts";
import { toProposalMessage } from "./proposal-message.ts";
import type { TeamsPlace, TeamsQuestion } from "./read-activity.ts";
import { pauseAfter } from "./teams-api.ts";
import type { TeamsContext } from "./teams-context.ts";
import type { TeamsMessage } from "./teams-message.ts";

/** Answers a mention in the channel's thread, or a message in a chat; never throws. */
export async function answerQuestion(context: TeamsContext, question: TeamsQuestion): Promise<void> {
  const { place } = question;
  try {
    const said = await beforeAnswer(context, question);
    if (typeof said === "string") await say(context, place, said);
    else await answer(context, said.member, question);
  } catch (err) {
    context.log.error({ err }, "a Teams message could not be answered");
    await say(context, place, describeError(err)).catch((error: unknown) =>
      context.log.error({ err: error }, "nor could Teams be told so"),
    );
  }
}

/** Who asks; or what to say instead of an answer. */
async function beforeAnswer(
  context: TeamsContext,
  question: TeamsQuestion,
): Promise<{ member: Actor } | string> {
  const { members, senderOf } = context;
  const { place, text } = question;
  const code = readLinkCode(text);
  if (code && place.kind === "personal") {
    return linkAccount(members, senderOf(question, { fresh: true }), code);
  }
  if (code) {
    return "A code is typed in a chat with me alone, where nobody else reads it. Ask for a new one on your account page.";
  }
  const found = await findSender(members, senderOf(question, { fresh: false }), { wanted: "ask" });
  if ("refusal" in found) return found.refusal;
  if (await othersRead(context, question)) {
    return "People of another organization read this, so nothing of yours is told here. Ask me in a chat with me alone.";
  }
  if (text === "") {
    return 'Ask about cost, resources or savings, e.g. "what did we spend last month by service?"';
  }
  return found;
}

/** Whether a conversation is open to people of other organizations. */
async function othersRead({ api, tenantId }: TeamsContext, question: TeamsQuestion): Promise<boolean> {
  const { place, sharedChannel } = question;
  if (place.kind !== "groupChat") return sharedChannel;
  const roster = await api.insist(() => api.members(place));
  return roster.some((member) => member.tenantId?.toLowerCase() !== tenantId);
}

async function say({ api }: TeamsContext, place: TeamsPlace, text: string): Promise<void> {
  await api.insist(() => api.post(place, { text }));
}

async function answer(context: TeamsContext, member: Actor, question: TeamsQuestion): Promise<void> {
  const { agent, api, log, tenantId, signal } = context;
  const { place, messageId, text } = question;
  const [channelId = "", thread] = place.conversationId.split(";messageid=");
  let live: LiveMessage<TeamsMessage> | undefined;
  try {
    const parts = await agent.answer(
      member,
      { teamId: tenantId, channelId, threadId: thread ?? "chat", messageId, text },
      {
        signal,
        async onStart() {
          await api.showTyping(place).catch((err: unknown) => log.debug({ err }, "Teams showed no typing"));
          live = await postLiveMessage(context, place, toAnswerMessage(toAnswerParts(undefined), ""));
        },
        onState: (state, working) => live?.update(() => toAnswerMessage(state, working ?? "")),
      },
    );
    if (!parts) return;
    await live?.finish(toAnswerMessage(parts, null));
    await postChart(context, place, parts);
    for (const proposalId of parts.proposalIds) await postCard(context, member, place, proposalId);
  } catch (error) {
    if (!live) throw error;
    log.error({ err: error }, "an answer in Teams ended early");
    await live.finish({ text: describeError(error) });
  }
}

async function postLiveMessage(
  { api, log, now, updateIntervalMs }: TeamsContext,
  place: TeamsPlace,
  first: TeamsMessage,
): Promise<LiveMessage<TeamsMessage>> {
  const id = await api.insist(() => api.post(place, first));
  return liveMessage(
    {
      edit: (message) => api.edit(place, id, message),
      insist: (message) => api.insist(() => api.edit(place, id, message)),
      pauseAfter,
    },
    { log, now, intervalMs: updateIntervalMs },
  );
}

async function postChart(
  { api, log }: TeamsContext,
  place: TeamsPlace,
  { chart }: AnswerParts,
): Promise<void> {
  if (!chart) return;
  try {
    const image = renderChartImage(chart.view, chart.dimension, longestImageSide);
    await api.insist(() => api.post(place, toChartMessage(image)));
  } catch (err) {
    // The words stand already; a picture that fails must not take them back.
    log.warn({ err }, "a chart could not be shown in Teams");
  }
}

async function postCard(
  { api, cards, product, tenantId, webAddress }: TeamsContext,
  member: Actor,
  place: TeamsPlace,
  proposalId: string,
): Promise<void> {
  const card = await readCard(product.service, member, "teams", proposalId);
  const messageId = await api.insist(() => api.post(place, toProposalMessage(card, webAddress)));
  const { conversationId: channelId, serviceUrl } = place;
  await cards.keep({ teamId: tenantId, channelId, messageId, address: { serviceUrl } }, proposalId);
}
