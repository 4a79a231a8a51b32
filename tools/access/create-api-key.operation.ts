import { randomBytes } from "node:crypto";
import { insertApiKey } from "@cloudoptima/db/queries/api-keys.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { narrowerRole } from "../kernel/permissions.ts";
import { RoleName } from "./access-shapes.ts";
import { apiKeyPrefix } from "./api-key-prefix.ts";
import { ApiKey } from "./api-key-shapes.ts";

const dayMs = 24 * 3600_000;
/** Characters that stay visible: enough to tell keys apart, far too few to guess one. */
const shownCharacters = 8;
const rateLimit = { rate_limit_max: 600, rate_limit_time_window: 60_000 };

export default defineOperation({
  name: "create_api_key",
  title: "New API key",
  description:
    "Makes an API key for the person's own programs: it reads and proposes in a role of at most theirs, and never decides. It is shown once.",
  permission: "api-keys:own",
  effect: "write",
  personOnly: true,
  rest: "POST /api-keys",
  input: z.object({
    name: z.string().trim().min(1).max(60),
    role: RoleName.optional().describe("At most the person's own role, which is the default."),
    expiresInDays: z.int().min(1).max(366).default(90),
  }),
  output: z.object({ apiKey: ApiKey, key: z.string() }),
  async run(ctx, { name, role = ctx.actor.role, expiresInDays }) {
    const { actor } = ctx;
    if (narrowerRole(role, actor.role) !== role) {
      throw new AppError("forbidden", `Your role is ${actor.role}; your key cannot be ${role}.`, {
        hint: "Choose your own role or a narrower one.",
      });
    }
    // The library that checks keys hashes them; loaded here, so that a start that makes none does not wait for it.
    const { defaultKeyHasher } = await import("@better-auth/api-key");
    const key = `${apiKeyPrefix}${randomBytes(32).toString("base64url")}`;
    // The real clock: expiry is safety, not business time.
    const now = new Date();
    const id = ctx.newId();
    const start = key.slice(0, shownCharacters);
    const expiresAt = new Date(now.getTime() + expiresInDays * dayMs);
    const keyHash = await defaultKeyHasher(key);
    await ctx.write((transaction) =>
      insertApiKey(transaction, {
        id,
        organization_id: actor.organizationId,
        user_id: actor.userId,
        name,
        role,
        start,
        prefix: apiKeyPrefix,
        key_hash: keyHash,
        expires_at: expiresAt,
        ...rateLimit,
        created_at: now,
        updated_at: now,
      }),
    );
    const apiKey = {
      id,
      name,
      role,
      start,
      createdAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
      lastUsedAt: null,
    };
    return { apiKey, key };
  },
});
