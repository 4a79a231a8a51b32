import { z } from "zod";

const Id = z.string().min(1).max(1_000);

/** What the bot reads of an activity; all else is dropped before anything sees it. */
export const TeamsActivity = z.object({
  type: z.string(),
  id: Id.optional(),
  name: z.string().optional(),
  channelId: z.literal("msteams"),
  serviceUrl: z.url(),
  from: z.object({
    id: Id,
    aadObjectId: z.string().max(100).optional(),
    tenantId: z.string().max(100).optional(),
  }),
  recipient: z.object({ id: Id, name: z.string().optional() }),
  conversation: z.object({
    id: Id,
    tenantId: z.string().max(100).optional(),
    conversationType: z.string().optional(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: z.string().max(100) }).optional(),
      channel: z.object({ type: z.string().optional() }).optional(),
    })
    .optional(),
  text: z.string().optional(),
  entities: z
    .array(
      z.object({
        type: z.string(),
        text: z.string().optional(),
        mentioned: z.object({ id: z.string(), name: z.string().optional() }).optional(),
      }),
    )
    .optional(),
  value: z.unknown().optional(),
  replyToId: z.string().optional(),
});
export type TeamsActivity = z.infer<typeof TeamsActivity>;

/** Where a message of ours goes. */
export interface TeamsPlace {
  serviceUrl: string;
  /** In a channel with the thread: "19:…@thread.tacv2;messageid=…". */
  conversationId: string;
  kind: "personal" | "groupChat" | "channel";
}

/** Somebody who wrote or pressed. */
export interface TeamsSender {
  /** The first tenant named in the activity that is not `ours`; else `ours`. */
  tenantId: string;
  /** The account in Entra ID; empty: nobody with an account, e.g. an anonymous guest of a meeting. */
  objectId: string;
  /** Its name in this conversation's roster. */
  rosterId: string;
  place: TeamsPlace;
}

/** Who wrote or pressed, where. */
export function readSender(activity: TeamsActivity, ours: string): TeamsSender {
  const { from, conversation, channelData, serviceUrl } = activity;
  const tenants = [conversation.tenantId, channelData?.tenant?.id, from.tenantId].flatMap((id) =>
    id ? [id.toLowerCase()] : [],
  );
  return {
    // An activity that names no tenant is nobody's of ours.
    tenantId: tenants.find((tenant) => tenant !== ours) ?? tenants[0] ?? "unknown",
    objectId: from.aadObjectId?.toLowerCase() ?? "",
    rosterId: from.id,
    place: { serviceUrl, conversationId: threadOf(activity), kind: kindOf(activity) },
  };
}

function kindOf({ conversation }: TeamsActivity): TeamsPlace["kind"] {
  const { conversationType } = conversation;
  return conversationType === "personal" || conversationType === "channel" ? conversationType : "groupChat";
}

/** A message in a channel is answered in its thread, also when it begins one. */
function threadOf(activity: TeamsActivity): string {
  const { id } = activity.conversation;
  if (kindOf(activity) !== "channel" || id.includes(";messageid=")) return id;
  return activity.type === "message" && activity.id ? `${id};messageid=${activity.id}` : id;
}

/** A message written to the bot. */
export interface TeamsQuestion extends TeamsSender {
  messageId: string;
  /** What the person meant: without the bot's mention, with names as words. */
  text: string;
  /** A channel that another organization can see. */
  sharedChannel: boolean;
}

/** Reads a message; null when it is none that asks the bot: another bot's, or one that does not mention it. */
export function readQuestion(activity: TeamsActivity, ours: string): TeamsQuestion | null {
  const { type, id, channelData, from, recipient, entities = [] } = activity;
  if (type !== "message" || !id || activity.text === undefined || from.id.startsWith("28:")) return null;
  const mentioned = entities.some((entity) => entity.mentioned?.id === recipient.id);
  if (kindOf(activity) !== "personal" && !mentioned) return null;
  return {
    ...readSender(activity, ours),
    messageId: id,
    text: readText(activity),
    sharedChannel: channelData?.channel?.type?.toLowerCase() === "shared",
  };
}

function readText({ text = "", entities = [], recipient }: TeamsActivity): string {
  let words = text;
  for (const { type, text: marked, mentioned } of entities) {
    if (type !== "mention" || !marked) continue;
    words = words.replaceAll(marked, mentioned?.id === recipient.id ? " " : ` ${mentioned?.name ?? ""} `);
  }
  return words
    .replace(/<\/?at(?:\s[^>]*)?>/gi, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
}
