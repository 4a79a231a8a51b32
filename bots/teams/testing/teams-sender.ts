import type { ActionAnswer } from "../answer-action.ts";
import type { FakeConnector, RosterEntry, TokenOptions } from "./fake-connector.ts";

export interface SentActivity {
  body: string;
  headers: Record<string, string>;
}

export interface ActivityOptions {
  user: RosterEntry;
  /** A channel's conversation with its thread, or a chat. */
  conversation?: string;
  kind?: "personal" | "groupChat" | "channel";
  id?: string;
  /** The tenant that the activity names. */
  tenant?: string;
  channelType?: string;
  serviceUrl?: string;
  channelId?: string;
  token?: TokenOptions;
  /** Instead of a signed token; empty: no header. */
  authorization?: string;
}

/** Sends what the Bot Connector sends, with its tokens, over real HTTP. */
export interface TeamsSender {
  say(text: string, options: ActivityOptions): Promise<Response>;
  mention(text: string, options: ActivityOptions): Promise<Response>;
  press(
    action: { verb: string; data: Record<string, unknown>; automatic?: boolean },
    options: ActivityOptions,
  ): Promise<{ status: number; answer: ActionAnswer | null }>;
  activity(activity: Record<string, unknown>, options: ActivityOptions): Promise<Response>;
  /** The last activity as it was sent, to be sent again. */
  last(): SentActivity;
  send(sent: SentActivity): Promise<Response>;
}

const bot = { id: "28:bot", name: "CloudOptima" };

export function createTeamsSender(options: {
  url: string;
  connector: FakeConnector;
  tenantId: string;
}): TeamsSender {
  const { url, connector, tenantId } = options;
  let sent: SentActivity | undefined;
  let counter = 0;

  const send = (request: SentActivity): Promise<Response> => {
    sent = request;
    return fetch(url, { method: "POST", ...request });
  };

  async function activity(parts: Record<string, unknown>, to: ActivityOptions): Promise<Response> {
    const kind = to.kind ?? "personal";
    const tenant = to.tenant ?? tenantId;
    const body = JSON.stringify({
      id: to.id ?? `1790000000${++counter}`,
      channelId: to.channelId ?? "msteams",
      serviceUrl: to.serviceUrl ?? connector.serviceUrl,
      from: { id: to.user.id, name: to.user.name, aadObjectId: to.user.aadObjectId },
      recipient: bot,
      conversation: {
        id: to.conversation ?? `a:${to.user.id}`,
        conversationType: kind,
        tenantId: tenant,
        ...(kind === "personal" ? {} : { isGroup: true }),
      },
      channelData: {
        tenant: { id: tenant },
        ...(kind === "channel" ? { channel: { id: "19:c@thread.tacv2", type: to.channelType } } : {}),
      },
      ...parts,
    });
    const authorization = to.authorization ?? `Bearer ${await connector.sign(to.token)}`;
    return send({
      body,
      headers: {
        "Content-Type": "application/json",
        ...(authorization ? { Authorization: authorization } : {}),
      },
    });
  }

  return {
    activity,
    say: (text, to) => activity({ type: "message", text, textFormat: "plain" }, to),
    mention: (text, to) =>
      activity(
        {
          type: "message",
          text: `<at>${bot.name}</at> ${text}`,
          entities: [{ type: "mention", text: `<at>${bot.name}</at>`, mentioned: bot }],
        },
        to,
      ),
    async press({ verb, data, automatic }, to) {
      const response = await activity(
        {
          type: "invoke",
          name: "adaptiveCard/action",
          value: {
            action: { type: "Action.Execute", verb, data },
            trigger: automatic ? "automatic" : "manual",
          },
        },
        to,
      );
      const text = await response.text();
      return { status: response.status, answer: text ? (JSON.parse(text) as ActionAnswer) : null };
    },
    last: () => sent!,
    send,
  };
}
