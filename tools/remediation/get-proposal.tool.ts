import { findProposal } from "@cloudoptima/db/queries/proposals.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { ProposalOutput, toProposal } from "./proposal-output.ts";

export default defineTool({
  name: "get_proposal",
  title: "One proposal",
  description:
    "One proposed or executed change, whole: its frozen plan for each resource, decisions, state of each resource, journal, undo.",
  examples: ["what became of the change you proposed?", "who approved that change?", "is the proposal done?"],
  permission: "remediation:read",
  effect: "read",
  rest: "GET /remediation/actions/{id}",
  // Without the pattern of an id in the schema: it is as long as all else that a model reads of this tool.
  input: z.object({
    id: z
      .string()
      .max(36)
      .refine((id) => z.uuid().safeParse(id).success, { message: "no id of a proposal" }),
  }),
  output: ProposalOutput,
  views: ({ id, headline }) => [{ type: "proposal" as const, proposalId: id, title: headline }],
  run: (ctx, { id }) =>
    ctx.read(async (transaction) => {
      const row = await findProposal(transaction, id);
      if (!row) throw noSuchProposal();
      return toProposal(transaction, row, ctx.actor);
    }),
});

/** The same words whether it never was or belongs to somebody else. */
export function noSuchProposal(): AppError {
  return new AppError("not_found", "There is no such proposal.", { hint: "List them with list_proposals." });
}
