import type { ServerResponse } from "node:http";
import { ActivityTypes } from "botbuilder";
import { createBackground } from "../background.ts";
import type { ChatApp, ChatAppOptions } from "../chat-handler.ts";
import type { TeamsSettings } from "../chat-settings.ts";
import { createChatAgent } from "../conversation.ts";
import { countRefusals } from "../count-refusals.ts";
import { createMembers } from "../members.ts";
import { keepCards } from "../notifications.ts";
import { createOnce } from "../once.ts";
import { createRecent } from "../recent.ts";
import { type ActionAnswer, answerAction } from "./answer-action.ts";
import { answerQuestion } from "./answer-question.ts";
import { createFrontDoor, type LetIn } from "./front-door.ts";
import { toProposalMessage } from "./proposal-message.ts";
import { readQuestion, type TeamsActivity } from "./read-activity.ts";
import { TeamsAdapter } from "./teams-adapter.ts";
import { createTeamsApi } from "./teams-api.ts";
import type { TeamsContext } from "./teams-context.ts";
import type { TeamsEndpoints } from "./teams-endpoints.ts";
import { botName, createTeamsPeople } from "./teams-people.ts";

interface TeamsAppOptions extends ChatAppOptions<TeamsSettings> {
  endpoints: TeamsEndpoints;
}

/** The bot of one tenant: the Bot Framework's adapter behind our own front door. */
export function createTeamsApp(options: TeamsAppOptions): ChatApp {
  const { settings, endpoints, organization, product, model, webAddress, log, now } = options;
  const { appId, tenantId } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;
  const background = createBackground(log, signal);
  const adapter = new TeamsAdapter(settings, endpoints);
  const api = createTeamsApi({
    adapter,
    endpoints,
    signal,
    wait: (milliseconds) => options.wait(milliseconds, signal),
  });
  const members = createMembers(product.service, "teams", organization);
  const cards = keepCards({
    service: product.service,
    platform: "teams",
    organization,
    log,
    async redraw({ channelId, messageId, address }, card) {
      const place = { serviceUrl: address.serviceUrl ?? "", conversationId: channelId };
      await api.insist(() => api.edit(place, messageId, toProposalMessage(card, webAddress)));
    },
  });
  const context: TeamsContext = {
    product,
    api,
    senderOf: createTeamsPeople(api, tenantId, now),
    members,
    agent: createChatAgent({ service: product.service, model, platform: "teams" }),
    cards,
    tenantId,
    webAddress,
    log,
    signal,
    now,
    updateIntervalMs: options.updateIntervalMs,
  };
  const letIn = createFrontDoor({
    appId,
    endpoints,
    adapter,
    log,
    now,
    onRefused: countRefusals({
      route: "/teams/messages",
      now,
      log,
      audit(reason) {
        background.run(members.refuse({}, { wanted: "request", reason }).then(() => {}));
      },
    }),
  });
  background.run(members.announce({ teamId: tenantId, botName, teamName: organization.name }));

  const recent = createRecent();
  const once = createOnce<ActionAnswer>();

  function takeMessage(activity: TeamsActivity): void {
    const question = readQuestion(activity, tenantId);
    if (question && recent.isNew(`${question.place.conversationId} ${question.messageId}`)) {
      background.run(answerQuestion(context, question));
    }
  }

  /** Teams sends an action again when the answer was late: the first one's answer is given again. */
  function takeAction(activity: TeamsActivity): Promise<ActionAnswer> {
    const { id, from, conversation } = activity;
    const work = () => answerAction(context, activity);
    return id ? once(`${conversation.id} ${from.id} ${id}`, work) : work();
  }

  async function answer({ activity, authenticated }: LetIn, response: ServerResponse): Promise<void> {
    const outcome = await adapter.run(authenticated, activity, async (turn) => {
      if (activity.type !== ActivityTypes.Invoke) takeMessage(activity);
      else if (activity.name === "adaptiveCard/action") {
        const body = await takeAction(activity);
        await turn.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
      }
    });
    const { status, body } = outcome ?? { status: 200 };
    response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  return {
    handle(request, response) {
      letIn(request, response)
        .then((arrived) => arrived && answer(arrived, response))
        .catch((err: unknown) => {
          log.warn({ err }, "a Teams request broke off");
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
