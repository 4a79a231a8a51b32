import { createHmac } from "node:crypto";

export interface SignOptions {
  /** Seconds since 1970. */
  timestamp?: number;
  secret?: string;
  signature?: string;
  headers?: Record<string, string>;
}

export interface SentRequest {
  body: string;
  headers: Record<string, string>;
}

export interface EventOptions extends SignOptions {
  user: string;
  text: string;
  channel?: string;
  ts?: string;
  threadTs?: string;
  teamId?: string;
  userTeam?: string;
  shared?: boolean;
  subtype?: string;
}

export interface ClickOptions extends SignOptions {
  user: string;
  actionId: string;
  value: string;
  channel: string;
  ts: string;
  threadTs?: string | null;
  teamId?: string;
}

/** Sends what Slack sends, signed as Slack signs, over real HTTP. */
export interface SlackSender {
  mention(options: EventOptions): Promise<Response>;
  direct(options: EventOptions): Promise<Response>;
  click(options: ClickOptions): Promise<Response>;
  submit(
    options: SignOptions & { user: string; view: Record<string, unknown>; reason: string; teamId?: string },
  ): Promise<Response>;
  /** The last request as it was sent, to be sent again. */
  last(): SentRequest;
  send(request: SentRequest): Promise<Response>;
}

export function createSlackSender(options: {
  url: string;
  signingSecret: string;
  teamId: string;
  now(): number;
}): SlackSender {
  const { url, signingSecret, teamId, now } = options;
  let sent: SentRequest | undefined;
  let counter = 0;

  const send = (request: SentRequest): Promise<Response> => {
    sent = request;
    return fetch(url, { method: "POST", body: request.body, headers: request.headers });
  };

  function sign(body: string, contentType: string, sign: SignOptions): SentRequest {
    const timestamp = sign.timestamp ?? Math.floor(now() / 1_000);
    const mac = createHmac("sha256", sign.secret ?? signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest("hex");
    return {
      body,
      headers: {
        "Content-Type": contentType,
        "X-Slack-Request-Timestamp": String(timestamp),
        "X-Slack-Signature": sign.signature ?? `v0=${mac}`,
        ...sign.headers,
      },
    };
  }

  function event(type: "app_mention" | "message", to: EventOptions): Promise<Response> {
    counter += 1;
    const body = {
      type: "event_callback",
      team_id: to.teamId ?? teamId,
      api_app_id: "A1",
      event_id: `Ev${counter}`,
      event_time: Math.floor(now() / 1_000),
      is_ext_shared_channel: to.shared ?? false,
      authorizations: [{ team_id: teamId, user_id: "UBOT", is_bot: true }],
      event: {
        type,
        user: to.user,
        text: to.text,
        channel: to.channel ?? (type === "message" ? "D1" : "C1"),
        ts: to.ts ?? `1780000000.${String(counter).padStart(6, "0")}`,
        team: to.userTeam ?? teamId,
        ...(to.userTeam ? { user_team: to.userTeam } : {}),
        ...(to.threadTs ? { thread_ts: to.threadTs } : {}),
        ...(to.subtype ? { subtype: to.subtype } : {}),
        ...(type === "message" ? { channel_type: "im" } : {}),
      },
    };
    return send(sign(JSON.stringify(body), "application/json", to));
  }

  const interact = (payload: Record<string, unknown>, options: SignOptions) =>
    send(
      sign(
        new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
        "application/x-www-form-urlencoded",
        options,
      ),
    );

  return {
    mention: (to) => event("app_mention", { ...to, text: `<@UBOT> ${to.text}` }),
    direct: (to) => event("message", to),
    click: (to) =>
      interact(
        {
          type: "block_actions",
          team: { id: teamId, domain: "contoso" },
          user: { id: to.user, username: to.user, team_id: to.teamId ?? teamId },
          api_app_id: "A1",
          trigger_id: `trigger-${++counter}`,
          container: { type: "message", message_ts: to.ts, channel_id: to.channel },
          channel: { id: to.channel, name: "finops" },
          message: { type: "message", ts: to.ts, ...(to.threadTs ? { thread_ts: to.threadTs } : {}) },
          actions: [
            {
              type: "button",
              action_id: to.actionId,
              block_id: "b1",
              value: to.value,
              action_ts: String(++counter),
            },
          ],
        },
        to,
      ),
    submit: (to) =>
      interact(
        {
          type: "view_submission",
          team: { id: teamId, domain: "contoso" },
          user: { id: to.user, username: to.user, team_id: to.teamId ?? teamId },
          api_app_id: "A1",
          trigger_id: `trigger-${++counter}`,
          view: {
            ...to.view,
            id: "V1",
            state: { values: { reason: { text: { type: "plain_text_input", value: to.reason } } } },
          },
        },
        to,
      ),
    last: () => sent!,
    send,
  };
}
