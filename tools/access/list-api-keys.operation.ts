import { selectOwnApiKeys } from "@cloudoptima/db/queries/api-keys.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ApiKey, toApiKey } from "./api-key-shapes.ts";

export default defineOperation({
  name: "list_api_keys",
  title: "API keys",
  description:
    "The person's own API keys: name, role, first characters, expiry, last use; never the key itself.",
  permission: "api-keys:own",
  effect: "read",
  rest: "GET /api-keys",
  input: z.object({}),
  output: z.object({ apiKeys: z.array(ApiKey) }),
  async run(ctx) {
    const rows = await ctx.read((transaction) => selectOwnApiKeys(transaction, ctx.actor.userId));
    return { apiKeys: rows.map(toApiKey) };
  },
});
