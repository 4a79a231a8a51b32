import { z } from "zod";
import type { ReadContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";

export const ConversationTitle = z.string().trim().min(1).max(200);

/** A conversation in a list. Times are ISO 8601, UTC. */
export const ConversationSummary = z.object({
  id: z.uuid(),
  title: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;

/** One message as it was shown: `content` is its plain text, `parts` the UI message's parts. */
export const StoredMessage = z.object({
  id: z.uuid(),
  role: z.enum(["user", "assistant"]),
  content: z.string().max(200_000),
  parts: z.array(z.record(z.string(), z.unknown())).max(500),
  metadata: z.record(z.string(), z.unknown()),
});
export type StoredMessage = z.infer<typeof StoredMessage>;

export function toSummary(row: {
  id: string;
  title: string;
  created_at: Date;
  updated_at: Date;
}): ConversationSummary {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The person whose conversations and pins a call may touch. */
export function ownerOf(ctx: ReadContext): { organizationId: string; userId: string } {
  return { organizationId: ctx.actor.organizationId, userId: ctx.actor.userId };
}

/** The business clock as a date for the database. */
export function nowAsDate(ctx: ReadContext): Date {
  return new Date(ctx.now().epochMilliseconds);
}

/** The same for "does not exist" and "is another person's": a stranger learns nothing. */
export function conversationNotFound(): AppError {
  return new AppError("not_found", "There is no such conversation among yours.", {
    hint: "It may have been deleted. Start a new one.",
  });
}
