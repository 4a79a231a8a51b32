import type { Actor, Source } from "@cloudoptima/tools/kernel/actor.ts";
import type { Decision, DecisionResult } from "@cloudoptima/tools/product.ts";
import type { Decider } from "@cloudoptima/tools/remediation/may-decide.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";

/** What a chat needs of the product: its tools, and the one door through which a person decides. */
export interface ProductForBots {
  service: ToolService;
  decide(
    actor: Actor,
    door: Pick<Decider, "door" | "freshSignIn" | "demoSignIn">,
    decision: Decision,
    source: Source,
  ): Promise<DecisionResult>;
}

/** The organization that a workspace's bot belongs to. */
export interface BotOrganization {
  id: string;
  name: string;
}
