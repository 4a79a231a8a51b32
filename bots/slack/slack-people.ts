import { safeName } from "@cloudoptima/tools/kernel/safe-name.ts";
import type { webApi } from "@slack/bolt";
import { z } from "zod";
import { createKnownPeople } from "../known-people.ts";
import type { ChatPerson } from "../senders.ts";
import type { SlackApi } from "./slack-api.ts";

export interface SlackPeople {
  /** Asked of Slack now: for linking and deciding, where yesterday's standing does not count. */
  read(userId: string): Promise<ChatPerson>;
  /** The same from the last minutes, for questions. */
  recall(userId: string): Promise<ChatPerson>;
}

const User = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  profile: z.object({ real_name: z.string().optional() }).optional(),
});

export function createSlackPeople(api: SlackApi, teamId: string, now: () => number): SlackPeople {
  const known = createKnownPeople(now);

  async function ask(userId: string): Promise<ChatPerson> {
    const { user } = await api.insist((client: webApi.WebClient) => client.users.info({ user: userId }));
    const found = User.parse(user);
    return { name: nameOf(found), outsider: outsiderReason(found, userId, teamId) };
  }

  return {
    read: (userId) => known.read(userId, () => ask(userId)),
    recall: (userId) => known.recall(userId, () => ask(userId)),
  };
}

function nameOf(user: z.infer<typeof User>): string {
  const real = user.profile?.real_name || user.real_name || user.id;
  return safeName(user.name ? `${real} (@${user.name})` : real, 120);
}

function outsiderReason(user: z.infer<typeof User>, userId: string, teamId: string): string | null {
  if (user.id !== userId || user.team_id !== teamId || user.is_stranger) {
    return "People of other workspaces cannot use CloudOptima here.";
  }
  if (user.is_restricted || user.is_ultra_restricted) {
    return "Guests of this workspace cannot use CloudOptima.";
  }
  if (user.deleted || user.is_bot) return "This account is no person of this workspace.";
  return null;
}
