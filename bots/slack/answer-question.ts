import { readLinkCode } from "@cloudoptima/tools/access/chat-links/link-code.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { type AnswerParts, toAnswerParts } from "../answer-parts.ts";
import { readCard } from "../approvals.ts";
import { renderChartImage } from "../chart-image.ts";
import { describeError } from "../describe-error.ts";
import type { LiveMessage } from "../live-message.ts";
import { findSender, linkAccount } from "../senders.ts";
import { type SlackMessage, toAnswerMessage } from "./answer-blocks.ts";
import { chatSender } from "./chat-sender.ts";
import { escapeMrkdwn, readMessageText } from "./escape-mrkdwn.ts";
import { postLiveMessage, type SlackPlace } from "./live-message.ts";
import { toProposalMessage } from "./proposal-blocks.ts";
import type { SlackQuestion } from "./read-sender.ts";
import { richText, section, textElement } from "./rich-text.ts";
import { type SlackContext, whisper } from "./slack-context.ts";

/** Answers a mention in the channel's thread, or a direct message; never throws. */
export async function answerQuestion(context: SlackContext, question: SlackQuestion): Promise<void> {
  const direct = question.channelId.startsWith("D");
  const place: SlackPlace = {
    channelId: question.channelId,
    threadTs: question.threadTs ?? (direct ? undefined : question.ts),
  };
  try {
    const { botUserId } = await context.identity();
    const text = readMessageText(question.text, botUserId);
    const code = readLinkCode(text);
    if (code) return await takeCode(context, question, place, code, direct);
    const found = await findSender(context.members, chatSender(context, question, { fresh: false }), {
      wanted: "ask",
    });
    if ("refusal" in found) return await whisper(context, place, question.userId, found.refusal);
    if (question.sharedChannel) {
      return await whisper(
        context,
        place,
        question.userId,
        "This channel is shared with another organization, so nothing of yours is told here. Ask me in a direct message.",
      );
    }
    if (text === "") {
      return await whisper(
        context,
        place,
        question.userId,
        'Ask about cost, resources or savings, e.g. "what did we spend last month by service?"',
      );
    }
    await answer(context, found.member, question, place, text);
  } catch (err) {
    context.log.error({ err }, "a Slack message could not be answered");
    await whisper(context, place, question.userId, describeError(err)).catch((error: unknown) =>
      context.log.error({ err: error }, "nor could Slack be told so"),
    );
  }
}

async function takeCode(
  context: SlackContext,
  question: SlackQuestion,
  place: SlackPlace,
  code: string,
  direct: boolean,
): Promise<void> {
  const said = direct
    ? await linkAccount(context.members, chatSender(context, question, { fresh: true }), code)
    : "A code is typed in a direct message to me, where nobody else reads it. Ask for a new one on your account page.";
  await whisper(context, place, question.userId, said);
}

async function answer(
  context: SlackContext,
  member: Actor,
  question: SlackQuestion,
  place: SlackPlace,
  text: string,
): Promise<void> {
  const { agent, log, signal } = context;
  let live: LiveMessage<SlackMessage> | undefined;
  const { channelId, ts } = question;
  try {
    const parts = await agent.answer(
      member,
      { teamId: context.teamId, channelId, threadId: place.threadTs ?? "direct", messageId: ts, text },
      {
        signal,
        async onStart() {
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
    log.error({ err: error }, "an answer in Slack ended early");
    const said = describeError(error);
    await live.finish({ text: escapeMrkdwn(said), blocks: [richText(section(textElement(said)))] });
  }
}

async function postChart({ api, log }: SlackContext, place: SlackPlace, parts: AnswerParts): Promise<void> {
  if (!parts.chart) return;
  try {
    const image = renderChartImage(parts.chart.view, parts.chart.dimension);
    const file = {
      file: image.png,
      filename: "chart.png",
      title: image.title,
      alt_text: image.altText,
      channel_id: place.channelId,
    };
    await api.insist((client) =>
      client.files.uploadV2(place.threadTs ? { ...file, thread_ts: place.threadTs } : file),
    );
  } catch (err) {
    // The words stand already; a picture that fails must not take them back.
    log.warn({ err }, "a chart could not be shown in Slack");
  }
}

async function postCard(
  { api, cards, product, teamId, webAddress }: SlackContext,
  member: Actor,
  place: SlackPlace,
  proposalId: string,
): Promise<void> {
  const card = await readCard(product.service, member, "slack", proposalId);
  const { ts } = await api.insist((client) =>
    client.chat.postMessage({
      channel: place.channelId,
      thread_ts: place.threadTs,
      unfurl_links: false,
      unfurl_media: false,
      ...toProposalMessage(card, webAddress),
    }),
  );
  if (!ts) throw new Error("Slack did not say where the card stands.");
  await cards.keep({ teamId, channelId: place.channelId, messageId: ts, address: {} }, proposalId);
}
