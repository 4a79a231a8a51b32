import { randomUUID } from "node:crypto";
import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import type { Database } from "@cloudoptima/db/client.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { Role } from "@cloudoptima/tools/kernel/permissions.ts";
import { createLog } from "@cloudoptima/tools/log.ts";
import type { ChatHandler } from "../../chat-handler.ts";
import { type ChatWorld, openChatWorld } from "../../testing/chat-world.ts";
import { serveHandler } from "../../testing/serve-handler.ts";
import { createTeamsHandler, type TeamsHandlerOptions } from "../create-teams-handler.ts";
import {
  type FakeConnector,
  type RosterEntry,
  type ShownMessage,
  startFakeConnector,
} from "./fake-connector.ts";
import type { ShownCard } from "./find-card-problem.ts";
import { createTeamsSender, type TeamsSender } from "./teams-sender.ts";

/** The bot behind a real port, the Bot Connector beside it, and a scanned estate with people and the gate. */
export interface TeamsWorld {
  chat: ChatWorld;
  connector: FakeConnector;
  sender: TeamsSender;
  handler: ChatHandler;
  options: TeamsHandlerOptions;
  tenantId: string;
  /** Who answers from now on; at first the built-in analyst. */
  useModel(model: AgentModel): void;
  /** Waits that rate limits asked for, in milliseconds; none of them takes time. */
  waits: number[];
  /** Somebody in the tenant's conversations. */
  account(name: string, more?: Partial<RosterEntry>): RosterEntry;
  /** A member with a linked Teams account. */
  linked(name: string, role: Role): Promise<{ user: RosterEntry; member: Actor }>;
  /** Messages in a conversation. */
  shown(conversation: string): ShownMessage[];
  /** The response's status, after all work that it began. */
  settled(response: Promise<Response>): Promise<number>;
  close(): Promise<void>;
}

export async function openTeamsWorld(database: Database): Promise<TeamsWorld> {
  const chat = await openChatWorld(database);
  const settings = {
    appId: randomUUID(),
    appPassword: "a client secret of the test",
    tenantId: randomUUID(),
    organizationName: chat.organization.name,
  };
  const { tenantId } = settings;
  const connector = await startFakeConnector(settings);
  const waits: number[] = [];
  const model = { ...selectModel({}) };
  const options: TeamsHandlerOptions = {
    settings,
    product: chat.product,
    model,
    webAddress: "https://cost.contoso.example",
    log: createLog({ level: "silent" }),
    endpoints: connector.endpoints,
    updateIntervalMs: 0,
    wait: async (milliseconds) => void waits.push(milliseconds),
  };
  const handler = createTeamsHandler(options);
  const server = await serveHandler(handler, "/teams/messages");

  function account(name: string, more: Partial<RosterEntry> = {}): RosterEntry {
    const entry = {
      id: `29:${name}`,
      name,
      aadObjectId: randomUUID(),
      tenantId,
      userPrincipalName: `${name.toLowerCase()}@contoso.example`,
      userRole: "user",
      ...more,
    };
    connector.roster.set(entry.id, entry);
    return entry;
  }

  return {
    chat,
    connector,
    sender: createTeamsSender({ url: server.url, connector, tenantId }),
    handler,
    options,
    tenantId,
    useModel: (other) => void Object.assign(model, other),
    waits,
    account,
    async linked(name, role) {
      const user = account(name);
      const member = await chat.person(name, role);
      await chat.link(member, { platform: "teams", teamId: tenantId, chatUserId: user.aadObjectId });
      return { user, member };
    },
    shown: (conversation) => connector.messages.filter((message) => message.conversation === conversation),
    async settled(response) {
      const { status } = await response;
      await handler.idle();
      return status;
    },
    async close() {
      await handler.close();
      await server.close();
      await connector.close();
      await chat.gate.close();
    },
  };
}

/** All words of a message: its text, or its card's text runs. */
export function wordsOf(message: ShownMessage | undefined): string {
  return message?.card ? wordsOfCard(message.card) : (message?.text ?? "");
}

export function wordsOfCard(card: unknown): string {
  const words: string[] = [];
  JSON.stringify(card, (name, value: unknown) => {
    if (name === "text" && typeof value === "string") words.push(value);
    return value;
  });
  return words.join("");
}

/** The payload of a card's button; undefined when it has no such button. */
export function payloadOf(card: ShownCard | null | undefined, verb: string): string | undefined {
  const actions = (card?.actions ?? []).flatMap((action) =>
    action.type === "Action.ShowCard" ? (action.card.actions ?? []) : [action],
  );
  const found = actions.find((action) => action.type === "Action.Execute" && action.verb === verb);
  return found?.type === "Action.Execute" ? found.data.payload : undefined;
}
