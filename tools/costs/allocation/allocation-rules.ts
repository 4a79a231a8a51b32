import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { lockOrganization, readOrganization, writeSettings } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";
import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { decimal, sumDecimals } from "../../kernel/money.ts";

const Text = z.string().trim().min(1).max(200);
const Team = Text.describe("The team as the team tag spells it");

/** Which costs a rule takes; all that is given must hold, and something must be given. */
const Match = z.strictObject({
  tagKey: Text.nullable().default(null),
  tagValue: Text.nullable().default(null),
  namePattern: Text.nullable().default(null).describe("Resource name; * is any text, ? one character"),
  subscriptions: z.array(Text).max(50).default([]).describe("Ids or names"),
  resourceGroups: z.array(Text).max(50).default([]),
  services: z.array(Text).max(50).default([]),
});

/** What a person writes of a rule. */
export const ruleFields = {
  name: Text,
  costs: z
    .enum(["untagged", "shared"])
    .default("untagged")
    .describe(
      "untagged: only costs without the team tag; shared: also those of a team, which it then gives away",
    ),
  match: Match,
  split: z
    .enum(["fixed", "proportional"])
    .describe("fixed: by the shares; proportional: by the teams' own (direct) cost of the period"),
  shares: z
    .array(
      z.strictObject({
        team: Team,
        percent: z
          .string()
          .regex(/^\d{1,3}(\.\d{1,6})?$/)
          .describe("Of the cost; all add up to 100"),
      }),
    )
    .max(50)
    .default([])
    .describe("For fixed"),
  teams: z
    .array(Team)
    .max(50)
    .default([])
    .describe("For proportional: among these; empty: all teams with cost"),
};

export const AllocationRule = z.object({ id: z.uuid(), ...ruleFields });
export type AllocationRule = z.infer<typeof AllocationRule>;

export const AllocationSettings = z.object({
  teamTag: Text.default("team").describe("Name of the tag that says whose a cost is"),
  rules: z.array(AllocationRule).default([]).describe("In order: the first that takes a cost has it"),
});
export type AllocationSettings = z.infer<typeof AllocationSettings>;

const MOST_RULES = 100;

export async function readAllocationSettings(transaction: TenantTransaction): Promise<AllocationSettings> {
  const { settings } = await readOrganization(transaction);
  return AllocationSettings.parse(settings.allocation ?? {});
}

/** Changes the settings under a lock, so that two people's changes do not undo each other. */
export async function changeAllocation(
  ctx: WriteContext,
  change: (settings: AllocationSettings) => AllocationSettings,
): Promise<AllocationSettings> {
  return ctx.write(async (transaction) => {
    await lockOrganization(transaction);
    const changed = change(await readAllocationSettings(transaction));
    if (changed.rules.length > MOST_RULES) {
      throw new AppError("invalid_input", `There can be ${MOST_RULES} allocation rules at most.`, {
        hint: "A rule may name many subscriptions, resource groups and services: join some.",
      });
    }
    await writeSettings(transaction, "allocation", changed);
    return changed;
  });
}

/** Refuses a rule that would take everything, or that does not say where all of a cost goes. */
export function checkRule(rule: AllocationRule): AllocationRule {
  const refuse = (message: string, hint: string) => new AppError("invalid_input", message, { hint });
  const { match } = rule;
  if ((match.tagKey === null) !== (match.tagValue === null)) {
    throw refuse("A rule by tag needs the tag's name and its value.", "Give tagKey and tagValue.");
  }
  const lists = [match.subscriptions, match.resourceGroups, match.services];
  if (match.tagKey === null && match.namePattern === null && lists.every((list) => list.length === 0)) {
    throw refuse(
      "A rule has to say which costs it takes.",
      "Give a tag and its value, a name pattern, subscriptions, resource groups or services.",
    );
  }
  const names = rule.split === "fixed" ? rule.shares.map(({ team }) => team) : rule.teams;
  if (new Set(names).size < names.length) throw refuse("A rule names a team twice.", "Name each team once.");
  if (rule.split === "fixed") {
    const sum = sumDecimals(rule.shares.map(({ percent }) => percent));
    if (!sum.equals(100) || rule.shares.some(({ percent }) => decimal(percent).isZero())) {
      throw refuse(
        `The shares of "${rule.name}" add up to ${sum.toFixed()} percent.`,
        "Each share is above 0 and all add up to 100 exactly.",
      );
    }
  } else if (rule.shares.length > 0) {
    throw refuse("A proportional rule has no shares.", "Give teams, or none for all of them.");
  }
  if (rule.split === "fixed" && rule.teams.length > 0) {
    throw refuse("A fixed rule names its teams in its shares.", "Leave teams empty.");
  }
  return rule;
}

/** The rule of an id, or a not_found that says so. */
export function requireRule(settings: AllocationSettings, id: string): AllocationRule {
  const rule = settings.rules.find((known) => known.id === id);
  if (rule) return rule;
  throw new AppError("not_found", "There is no allocation rule of this id.", {
    hint: "List the rules: someone may have deleted it.",
  });
}

/** A pattern with * and ? as SQL's LIKE takes it. */
export function likePattern(pattern: string): string {
  return pattern
    .replace(/[\\%_]/g, "\\$&")
    .replaceAll("*", "%")
    .replaceAll("?", "_");
}
