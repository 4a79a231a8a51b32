import type { ChatPlatform } from "@cloudoptima/tools/access/chat-links/chat-link-shapes.ts";
import { systemActor } from "@cloudoptima/tools/access/system-actor.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { z } from "zod";
import type { BotOrganization } from "./product-for-bots.ts";

/** A chat account as the platform's signed message names it; never taken from what a person typed. */
export interface ChatAccount {
  teamId: string;
  chatUserId: string;
}

export interface Members {
  /** The member behind an account, with their role as it is now; null: not linked, or no member any more. */
  find(account: ChatAccount): Promise<Actor | null>;
  /** Takes a code that an account typed in a direct message. */
  redeem(
    account: ChatAccount,
    chatName: string,
    code: string,
  ): Promise<{ memberName: string; confirmMinutes: number }>;
  /** Audits that a request was refused for which no member stands, and gives the refusal to show. */
  refuse(
    account: Partial<ChatAccount>,
    refusal: { wanted: string; reason: string; proposalId?: string },
  ): Promise<AppError>;
  /** Tells in which workspace the bot runs, for people who link their account. */
  announce(workspace: { teamId: string; teamName: string; botName: string }): Promise<void>;
}

const Found = z.object({ member: z.object({ userId: z.string(), demo: z.boolean() }).nullable() });
const Redeemed = z.object({ memberName: z.string(), confirmMinutes: z.number() });

/** Who is who on one chat platform, for one organization. */
export function createMembers(
  service: ToolService,
  platform: ChatPlatform,
  organization: BotOrganization,
): Members {
  const handler = systemActor(organization);
  const invoke = async (name: string, input: unknown) =>
    (await service.invoke({ actor: handler, name, input, source: platform })).output;
  return {
    async find(account) {
      const { member } = Found.parse(await invoke("find_chat_member", { platform, ...account }));
      const person = member && (await service.person(member.userId, organization.id));
      if (!person) return null;
      return { ...person, via: platform, ...(member.demo ? { demo: true } : {}) };
    },
    async redeem(account, chatName, code) {
      const input = { platform, ...account, chatName, linkCode: code };
      return Redeemed.parse(await invoke("redeem_chat_link_code", input));
    },
    async refuse({ teamId = null, chatUserId = null }, { wanted, reason, proposalId = null }) {
      const input = { platform, wanted, reason, teamId, chatUserId, proposalId };
      try {
        await invoke("refuse_chat_request", input);
      } catch (error) {
        return AppError.from(error);
      }
      return new AppError("forbidden", reason);
    },
    async announce(workspace) {
      await invoke("announce_chat_workspace", { platform, ...workspace });
    },
  };
}

/** How an account that stands for nobody becomes a member's. */
export function howToLink(botName: string): string {
  return (
    "I don't know yet which member you are. Open your account page in CloudOptima, choose Linked chats, " +
    `and type the code it shows to ${botName} in a direct message.`
  );
}
