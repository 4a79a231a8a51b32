import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { safeName } from "@cloudoptima/tools/kernel/safe-name.ts";
import { z } from "zod";
import type { SlackApi } from "./slack-api.ts";

/** Who the bot is in its workspace. */
export interface BotIdentity {
  botId: string;
  botUserId: string;
  botName: string;
  teamName: string;
}

const Tested = z.object({
  team_id: z.string(),
  team: z.string(),
  user: z.string(),
  user_id: z.string(),
  bot_id: z.string(),
});

/** Asks Slack once whose token it is; asked again after a failure. A token of another workspace is refused. */
export function createBotIdentity(api: SlackApi, teamId: string): () => Promise<BotIdentity> {
  let known: Promise<BotIdentity> | null = null;

  async function ask(): Promise<BotIdentity> {
    const tested = Tested.parse(await api.insist((client) => client.auth.test()));
    if (tested.team_id !== teamId) {
      throw new AppError("invalid_input", "SLACK_BOT_TOKEN belongs to another workspace than SLACK_TEAM_ID.");
    }
    return {
      botId: tested.bot_id,
      botUserId: tested.user_id,
      botName: `@${safeName(tested.user, 80)}`,
      teamName: safeName(tested.team, 80),
    };
  }

  return () => {
    known ??= ask().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
