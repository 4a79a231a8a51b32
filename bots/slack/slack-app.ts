import { App, HTTPReceiver } from "@slack/bolt";
import { readPayload } from "../approvals.ts";
import { createBackground } from "../background.ts";
import type { ChatApp, ChatAppOptions } from "../chat-handler.ts";
import type { SlackSettings } from "../chat-settings.ts";
import { createChatAgent } from "../conversation.ts";
import { countRefusals } from "../count-refusals.ts";
import { createMembers } from "../members.ts";
import { keepCards } from "../notifications.ts";
import { createRecent } from "../recent.ts";
import { findSender } from "../senders.ts";
import { showSourcesAction, toSourcesMessage } from "./answer-blocks.ts";
import { answerQuestion } from "./answer-question.ts";
import { createBotIdentity } from "./bot-identity.ts";
import { chatSender } from "./chat-sender.ts";
import { askForReason, decideByButton } from "./decide-by-button.ts";
import { createFrontDoor } from "./front-door.ts";
import { approveAction, openAction, rejectAction, toProposalMessage } from "./proposal-blocks.ts";
import { readClick, readQuestion, type SlackClick } from "./read-sender.ts";
import { readRejection, rejectModal } from "./reject-modal.ts";
import { boltLogger, createSlackApi, platformErrorOf } from "./slack-api.ts";
import { type SlackContext, whisper } from "./slack-context.ts";
import { createSlackPeople } from "./slack-people.ts";

/** The bot of one Slack workspace: Bolt behind our own front door. */
export function createSlackApp(options: ChatAppOptions<SlackSettings>): ChatApp {
  const { settings, organization, product, model, webAddress, log, now } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const api = createSlackApi({
    ...settings,
    log,
    wait: (milliseconds) => options.wait(milliseconds, signal),
  });
  const identity = createBotIdentity(api, settings.teamId);
  const members = createMembers(product.service, "slack", organization);
  const cards = keepCards({
    service: product.service,
    platform: "slack",
    organization,
    log,
    async redraw({ channelId, messageId }, card) {
      await api.insist((client) =>
        client.chat.update({ channel: channelId, ts: messageId, ...toProposalMessage(card, webAddress) }),
      );
    },
  });
  const context: SlackContext = {
    product,
    api,
    people: createSlackPeople(api, settings.teamId, now),
    members,
    agent: createChatAgent({ service: product.service, model, platform: "slack" }),
    cards,
    identity,
    teamId: settings.teamId,
    webAddress,
    log,
    signal,
    now,
    updateIntervalMs: options.updateIntervalMs,
  };

  const background = createBackground(log, signal);

  const receiver = new HTTPReceiver({
    signingSecret: settings.signingSecret,
    endpoints: ["/slack/events"],
    logger: boltLogger(log),
  });
  const app = new App({
    receiver,
    logger: boltLogger(log),
    clientOptions: settings.apiUrl ? { slackApiUrl: settings.apiUrl } : {},
    convoStore: false,
    async authorize() {
      const { botId, botUserId } = await identity();
      return { botToken: settings.botToken, botId, botUserId, teamId: settings.teamId };
    },
  });
  listen(app, context, background.run);

  background.run(
    identity().then(({ botName, teamName }) =>
      members.announce({ teamId: settings.teamId, botName, teamName }),
    ),
  );

  const letIn = createFrontDoor({
    signingSecret: settings.signingSecret,
    now,
    onRefused: countRefusals({
      route: "/slack/events",
      now,
      log,
      audit(reason) {
        background.run(members.refuse({}, { wanted: "request", reason }).then(() => {}));
      },
    }),
  });

  return {
    handle(request, response) {
      letIn(request, response)
        .then((buffered) => buffered && receiver.requestListener(buffered, response))
        .catch((err: unknown) => {
          log.warn({ err }, "a Slack request broke off");
          response.destroy();
        });
    },
    idle: background.idle,
    async close() {
      stopping.abort();
      await background.idle();
      await cards.close();
    },
  };
}

function listen(app: App, context: SlackContext, inBackground: (work: Promise<void>) => void): void {
  const recent = createRecent();
  const take = (body: unknown) => {
    const question = readQuestion(body, context.teamId);
    if (question && recent.isNew(`${question.channelId} ${question.ts}`)) {
      inBackground(answerQuestion(context, question));
    }
  };
  app.event("app_mention", async ({ body }) => take(body));
  app.event("message", async ({ body, event }) => {
    // Edits, deletions, joins and other bots' words are no questions.
    if (event.subtype !== undefined && event.subtype !== "file_share") return;
    if (event.channel_type !== "im" || "bot_id" in event) return;
    take(body);
  });
  app.action(approveAction, async ({ ack, body, action }) => {
    await ack();
    const click = readClick(body);
    const payload = readPayload(buttonValue(action));
    inBackground(decideByButton(context, click, placeOf(click), { ...payload, decision: "approve" }));
  });
  app.action(rejectAction, async ({ ack, body, action }) => {
    await ack();
    const click = readClick(body);
    inBackground(
      askForReason(context, click.triggerId, readPayload(buttonValue(action)), placeOf(click)).catch(
        (error) => {
          context.log.warn(
            { reason: platformErrorOf(error) },
            "the reason for a rejection could not be asked",
          );
        },
      ),
    );
  });
  app.view(rejectModal, async ({ ack, body, view }) => {
    await ack();
    const { payload, reason, place } = readRejection(view);
    inBackground(decideByButton(context, readClick(body), place, { ...payload, decision: "reject", reason }));
  });
  app.action(showSourcesAction, async ({ ack, body, action }) => {
    await ack();
    inBackground(showSources(context, readClick(body), buttonValue(action)));
  });
  app.action(openAction, async ({ ack }) => {
    await ack();
  });
  app.error(async (error) => {
    context.log.error({ err: error }, "a Slack request could not be handled");
  });
}

async function showSources(context: SlackContext, click: SlackClick, value: string): Promise<void> {
  const found = await findSender(context.members, chatSender(context, click, { fresh: false }), {
    wanted: "sources",
  });
  const message = "refusal" in found ? found.refusal : toSourcesMessage(value);
  await whisper(context, placeOf(click), click.userId, message);
}

function placeOf(click: SlackClick): { channelId: string; threadTs: string | undefined } {
  // Our buttons stand in messages only; a click without a channel has nowhere to be answered.
  if (!click.channelId) throw new Error("Slack did not say in which channel a button was pressed.");
  return { channelId: click.channelId, threadTs: click.threadTs };
}

function buttonValue(action: object): string {
  return "value" in action && typeof action.value === "string" ? action.value : "";
}
