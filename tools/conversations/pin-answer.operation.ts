import { insertPin } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { nowAsDate, ownerOf } from "./conversation-shapes.ts";
import { Pin } from "./pin-shapes.ts";

export default defineOperation({
  name: "pin_answer",
  title: "Pin an answer",
  description:
    "Keeps an answer on the person's dashboard: the tool and the input that made it, so that it stays live.",
  permission: "conversations:own",
  effect: "write",
  rest: "POST /pins",
  input: z.object({
    title: z.string().trim().min(1).max(200),
    toolName: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
    toolInput: z.record(z.string(), z.unknown()),
  }),
  output: Pin,
  async run(ctx, pin) {
    const id = ctx.newId();
    const now = nowAsDate(ctx);
    await ctx.write((transaction) => insertPin(transaction, ownerOf(ctx), { id, now, ...pin }));
    return { id, ...pin, createdAt: now.toISOString() };
  },
});
