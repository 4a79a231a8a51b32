import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import type { Database } from "@cloudoptima/db/client.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { Role } from "@cloudoptima/tools/kernel/permissions.ts";
import { createLog } from "@cloudoptima/tools/log.ts";
import type { ChatHandler } from "../../chat-handler.ts";
import { type ChatWorld, openChatWorld } from "../../testing/chat-world.ts";
import { serveHandler } from "../../testing/serve-handler.ts";
import { createSlackHandler, type SlackHandlerOptions } from "../create-slack-handler.ts";
import { type FakeSlack, type ShownMessage, type SlackUser, startFakeSlack } from "./fake-slack.ts";
import { createSlackSender, type SentRequest, type SlackSender } from "./slack-sender.ts";

export const teamId = "T0CONTOSO";
const botToken = "xoxb-test";
const signingSecret = "a signing secret of the test";

/** The bot behind a real port, Slack's Web API beside it, and a scanned estate with people and the gate. */
export interface SlackWorld {
  chat: ChatWorld;
  slack: FakeSlack;
  sender: SlackSender;
  handler: ChatHandler;
  /** Who answers from now on; at first the built-in analyst. */
  useModel(model: AgentModel): void;
  options: SlackHandlerOptions;
  /** Sends a request to a second process's handler; gives its status. */
  deliverTo(other: ChatHandler, request: SentRequest): Promise<number>;
  /** Waits that rate limits asked for, in milliseconds; none of them takes time. */
  waits: number[];
  /** Moves the real clock, as the handler sees it. */
  passTime(milliseconds: number): void;
  /** A member with a linked Slack account of this id. */
  linked(slackUserId: string, name: string, role: Role): Promise<Actor>;
  slackUser(id: string, more?: Partial<SlackUser>): SlackUser;
  /** Messages in a channel since the last `forget`, those for one person only included. */
  shown(channel: string): ShownMessage[];
  close(): Promise<void>;
}

export async function openSlackWorld(database: Database): Promise<SlackWorld> {
  const chat = await openChatWorld(database);
  const slack = await startFakeSlack({ botToken, teamId });
  const waits: number[] = [];
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const model = { ...selectModel({}) };
  const options: SlackHandlerOptions = {
    settings: {
      botToken,
      signingSecret,
      teamId,
      organizationName: chat.organization.name,
      apiUrl: slack.url,
    },
    product: chat.product,
    model,
    webAddress: "https://cost.contoso.example",
    log: createLog({ level: "silent" }),
    now,
    updateIntervalMs: 0,
    wait: async (milliseconds) => void waits.push(milliseconds),
  };
  const handler = createSlackHandler(options);
  const server = await serveHandler(handler, "/slack/events");
  const sender = createSlackSender({
    url: server.url,
    signingSecret,
    teamId,
    now,
  });

  function slackUser(id: string, more: Partial<SlackUser> = {}): SlackUser {
    const user = { id, team_id: teamId, name: id.toLowerCase(), real_name: `Person ${id}`, ...more };
    slack.users.set(id, user);
    return user;
  }

  return {
    chat,
    slack,
    sender,
    handler,
    useModel: (other) => void Object.assign(model, other),
    options,
    async deliverTo(other, { body, headers }) {
      const beside = await serveHandler(other, "/slack/events");
      const { status } = await fetch(beside.url, { method: "POST", body, headers });
      await other.idle();
      await beside.close();
      return status;
    },
    waits,
    passTime(milliseconds) {
      ahead += milliseconds;
    },
    async linked(slackUserId, name, role) {
      slackUser(slackUserId);
      const member = await chat.person(name, role);
      return chat.link(member, { platform: "slack", teamId, chatUserId: slackUserId });
    },
    slackUser,
    shown: (channel) => slack.messages.filter((message) => message.channel === channel),
    async close() {
      await handler.close();
      await server.close();
      await slack.close();
      await chat.gate.close();
    },
  };
}

/** The value of a message's button; undefined when it has no such button. */
export function buttonValue(message: ShownMessage | undefined, actionId: string): string | undefined {
  const elements = (message?.blocks ?? []).flatMap(
    (block) => (block as { elements?: { action_id?: string; value?: string }[] }).elements ?? [],
  );
  return elements.find(({ action_id }) => action_id === actionId)?.value;
}

/** All words of a message's blocks. */
export function wordsOf(message: ShownMessage | undefined): string {
  const words: string[] = [];
  JSON.stringify(message?.blocks ?? [], (name, value: unknown) => {
    if (name === "text" && typeof value === "string") words.push(value);
    return value;
  });
  return words.join(" ");
}
