import { z } from "zod";

const CapabilityState = z.object({
  name: z.string(),
  title: z.string(),
  changes: z.boolean().describe("Whether it is a change, for which reading is not enough"),
  state: z.enum(["allowed", "missing", "unknown"]),
  missing: z.array(z.string()).describe("Azure operations that the identity's roles do not allow"),
  message: z.string().nullable().describe("What is missing and what to do"),
});

const Outcome = z.object({ ok: z.boolean(), message: z.string(), hint: z.string().nullable() });

/** What a connection can do, subscription by subscription. */
export const ConnectionTest = z.object({
  connectionId: z.string(),
  state: z
    .enum(["ok", "limited", "failed"])
    .describe("limited: it reads everything, or something, but not all it could do is allowed"),
  signIn: Outcome,
  costSource: Outcome.nullable().describe(
    "The exports that costs come from; null where Cost Management is asked, or the sign-in failed",
  ),
  subscriptions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      message: z.string().nullable(),
      capabilities: z.array(CapabilityState),
    }),
  ),
  testedAt: z.string().describe("ISO time"),
});
export type ConnectionTest = z.infer<typeof ConnectionTest>;
