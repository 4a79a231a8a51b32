import { findProposal } from "@cloudoptima/db/queries/proposals.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { noSuchProposal } from "./get-proposal.tool.ts";
import { isOpen } from "./proposal-groups.ts";
import { ProposalStatus } from "./proposal-output.ts";

export default defineOperation({
  name: "execute_proposal",
  title: "Execute an approved change",
  description:
    "Has an approved plan carried out now. It is no way around the approval: approving has queued it already, and one that is not approved is refused.",
  permission: "remediation:propose",
  effect: "write",
  rest: "POST /remediation/execute",
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string(), status: ProposalStatus, queued: z.boolean() }),
  async run(ctx, { id }) {
    const row = await ctx.read((transaction) => findProposal(transaction, id));
    if (!row) throw noSuchProposal();
    if (isOpen(row.status)) {
      throw new AppError("forbidden", "This plan is not approved yet.", {
        hint: "A person approves it in the web, in Slack or Teams, or in the terminal with the password.",
      });
    }
    const queued = row.status === "approved";
    // The worker hears of it and looks at once.
    if (queued) ctx.publish({ type: "remediation_updated", data: { id, status: row.status } });
    return { id, status: row.status, queued };
  },
});
