import { z } from "zod";

/** The parts of an event callback that say who wrote and from where; Slack's types leave them open. */
const EventBody = z.object({
  team_id: z.string(),
  /** A channel that another organization can see. */
  is_ext_shared_channel: z.boolean().optional(),
  event: z.object({
    user: z.string(),
    user_team: z.string().optional(),
    source_team: z.string().optional(),
    team: z.string().optional(),
    channel: z.string(),
    ts: z.string(),
    thread_ts: z.string().optional(),
    text: z.string().default(""),
  }),
});

/** A message written to the bot. */
export interface SlackQuestion {
  userId: string;
  /** The first workspace named in the event that is not `ours`; else `ours`. */
  teamId: string;
  channelId: string;
  ts: string;
  threadTs: string | undefined;
  text: string;
  sharedChannel: boolean;
}

/** Reads a message event; null when nobody wrote it. */
export function readQuestion(body: unknown, ours: string): SlackQuestion | null {
  const parsed = EventBody.safeParse(body);
  if (!parsed.success) return null;
  const { team_id, event, is_ext_shared_channel } = parsed.data;
  const teams = [team_id, event.user_team, event.source_team, event.team];
  return {
    userId: event.user,
    teamId: teams.find((team) => team !== undefined && team !== ours) ?? ours,
    channelId: event.channel,
    ts: event.ts,
    threadTs: event.thread_ts,
    text: event.text,
    sharedChannel: is_ext_shared_channel ?? false,
  };
}

const ClickBody = z.object({
  team: z.object({ id: z.string() }).nullable(),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  trigger_id: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
});

/** A pressed button or a submitted modal. */
export interface SlackClick {
  userId: string;
  teamId: string;
  triggerId: string;
  channelId: string | null;
  threadTs: string | undefined;
}

/** Reads who pressed, where; throws when Slack's payload is not what it promises. */
export function readClick(body: unknown): SlackClick {
  const { team, user, trigger_id, channel, message } = ClickBody.parse(body);
  return {
    userId: user.id,
    // The pressing person's own workspace counts: in a shared channel the team is only where the message stands.
    teamId: user.team_id ?? team?.id ?? "",
    triggerId: trigger_id ?? "",
    channelId: channel?.id ?? null,
    threadTs: message?.thread_ts,
  };
}
