import { z } from "zod";
import type { TeamsPlace } from "./read-activity.ts";
import type { Connector, TeamsAdapter } from "./teams-adapter.ts";
import type { TeamsEndpoints } from "./teams-endpoints.ts";
import { type TeamsMessage, toActivity } from "./teams-message.ts";

/** Somebody in a conversation's roster. */
export type RosterMember = z.infer<typeof RosterMember>;
const RosterMember = z.object({
  id: z.string(),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
  tenantId: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  userRole: z.string().nullish(),
});
const RosterPage = z.object({ members: z.array(RosterMember), continuationToken: z.string().nullish() });

/** The Bot Connector's calls. Each gives up in time: a caller that must arrive insists. */
export interface TeamsApi {
  /** Gives the posted message's id. */
  post(place: TeamsPlace, message: TeamsMessage): Promise<string>;
  edit(
    place: Pick<TeamsPlace, "serviceUrl" | "conversationId">,
    id: string,
    message: TeamsMessage,
  ): Promise<void>;
  showTyping(place: TeamsPlace): Promise<void>;
  /** Somebody of the conversation as Teams knows them now; null: they are not in it. */
  member(place: TeamsPlace, rosterId: string): Promise<RosterMember | null>;
  /** Everybody of a chat. */
  members(place: TeamsPlace): Promise<RosterMember[]>;
  /** A call that must arrive: rate limits are waited out. */
  insist<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface TeamsApiOptions {
  adapter: TeamsAdapter;
  endpoints: TeamsEndpoints;
  signal: AbortSignal;
  /** Waits; ends early, by throwing, when the process stops. */
  wait(milliseconds: number): Promise<void>;
}

/** The Connector's own client repeats failures three times and waits as it is told; here is where that ends. */
const longestCallMs = 30_000;
/** Whoever presses a button waits for these. */
const longestLookMs = 5_000;
const mostTries = 5;
const mostPages = 20;

export function createTeamsApi({ adapter, endpoints, signal, wait }: TeamsApiOptions): TeamsApi {
  const connectors = new Map<string, Promise<Connector>>();

  /** Our token goes to the Connector's own addresses only, also where a stored card names another. */
  async function connectorAt(serviceUrl: string): Promise<Connector> {
    if (!endpoints.isServiceUrl(new URL(serviceUrl))) {
      throw new Error("A message's service address is none of the Bot Connector's.");
    }
    let connector = connectors.get(serviceUrl);
    if (!connector) {
      connector = adapter.connectorAt(serviceUrl);
      if (connectors.size < 100) connectors.set(serviceUrl, connector);
    }
    return connector;
  }

  const within = (milliseconds: number) => ({
    abortSignal: AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]),
  });

  return {
    async post({ serviceUrl, conversationId }, message) {
      const { conversations } = await connectorAt(serviceUrl);
      const { id } = await conversations.sendToConversation(
        conversationId,
        toActivity(message),
        within(longestCallMs),
      );
      if (!id) throw new Error("Teams did not say where the message stands.");
      return id;
    },
    async edit({ serviceUrl, conversationId }, id, message) {
      const { conversations } = await connectorAt(serviceUrl);
      const activity = { ...toActivity(message), id };
      await conversations.updateActivity(conversationId, id, activity, within(longestCallMs));
    },
    async showTyping({ serviceUrl, conversationId }) {
      const { conversations } = await connectorAt(serviceUrl);
      await conversations.sendToConversation(conversationId, { type: "typing" }, within(longestLookMs));
    },
    async member({ serviceUrl, conversationId }, rosterId) {
      const { conversations } = await connectorAt(serviceUrl);
      try {
        const { _response } = await conversations.getConversationMember(
          conversationId,
          rosterId,
          within(longestLookMs),
        );
        return RosterMember.parse(JSON.parse(_response.bodyAsText));
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
    async members({ serviceUrl, conversationId }) {
      const { conversations } = await connectorAt(serviceUrl);
      const members: RosterMember[] = [];
      let continuationToken: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const { _response } = await conversations.getConversationPagedMembers(conversationId, {
          pageSize: 500,
          // Left out for the first page; the client's types do not know that.
          continuationToken: continuationToken as string,
          ...within(longestLookMs),
        });
        const parsed = RosterPage.parse(JSON.parse(_response.bodyAsText));
        members.push(...parsed.members);
        continuationToken = parsed.continuationToken || undefined;
        if (!continuationToken) return members;
      }
      throw new Error("A chat has more members than Teams allows.");
    },
    async insist(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await work();
        } catch (error) {
          const pause = pauseAfter(error, attempt);
          if (pause === null || attempt >= mostTries) throw error;
          await wait(pause);
        }
      }
    },
  };
}

/** How long to wait after a rate limit; null when the error is none. Teams often does not say, and asks to back off. */
export function pauseAfter(error: unknown, attempt = 1): number | null {
  const status = statusOf(error);
  if (status !== 429 && status !== 412) return null;
  const said = Number(
    (error as { response?: { headers?: { get(name: string): string | undefined } } }).response?.headers?.get(
      "retry-after",
    ),
  );
  return Math.min(said > 0 ? said * 1_000 : 1_000 * 2 ** (attempt - 1), 60_000);
}

function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
