import { z } from "zod";
import { actions } from "../actions.gen.ts";
import type { Action } from "../kernel/define-action.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { findAction } from "./find-action.ts";
import { ProposalResult, proposeAll } from "./propose-all.ts";

/** What a proposer can choose, of every action: all optional here, as the chosen action alone says what it needs. */
const choices: Record<string, z.ZodType> = Object.fromEntries(
  actions
    .flatMap(({ input }) => Object.entries<z.ZodType>(input.shape))
    .map(([name, field]) => [name, asChoice(field)]),
);

/** The one tool that proposes: a tool for each action would fill the list that a model reads before each answer. */
export default defineTool({
  name: "propose_change",
  title: "Propose a change",
  description:
    "Proposes a change of resources as one plan, which says what it saves, what is lost and how it is undone. Nothing changes until a person approves.",
  examples: actions.flatMap(({ examples }) => [...examples]),
  permission: "remediation:propose",
  effect: "propose",
  input: z.object({
    change: z.enum(actions.map(({ name }) => name)),
    resources: z
      .array(z.string().min(1).max(500))
      .min(1)
      .max(50)
      .describe("Full resource ids, or names that only one resource has"),
    ...choices,
  }),
  output: ProposalResult,
  views: ({ proposals }) =>
    proposals.map(({ id, headline }) => ({ type: "proposal" as const, proposalId: id, title: headline })),
  run(ctx, { change, resources, ...chosen }) {
    const action = findAction(change);
    return proposeAll(ctx, action, resources, parseChoices(action, chosen));
  },
});

/** A field of another action is refused: left out in silence, the plan would be another one than was asked for. */
function parseChoices(action: Action, chosen: Record<string, unknown>): Record<string, unknown> {
  const parsed = action.input.strict().safeParse(chosen);
  if (parsed.success) return parsed.data;
  const takes = Object.keys(action.input.shape);
  const issues = parsed.error.issues.map(({ path, message }) =>
    [path.join("."), message].filter(Boolean).join(": "),
  );
  throw new AppError("invalid_input", `${action.name} cannot use this: ${issues.join("; ")}.`, {
    hint:
      takes.length > 0
        ? `Besides the resources it takes: ${takes.join(", ")}.`
        : "It takes the resources only.",
  });
}

/** A default is the action's own: filled in here, it would be there for every other action too. */
function asChoice(field: z.ZodType): z.ZodType {
  const inner = field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field;
  const choice = inner.optional();
  return field.description === undefined ? choice : choice.describe(field.description);
}
