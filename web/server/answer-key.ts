import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";

/** Names a running answer. Organization and person are part of it: nobody follows another one's by its id. */
export function answerKey(actor: Actor, conversationId: string): string {
  return `${actor.organizationId}/${actor.userId}/${conversationId}`;
}
