import { listProposals, type ProposalStatus as Status } from "@cloudoptima/db/queries/proposals.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import { proposalGroups } from "./proposal-groups.ts";
import { ProposalRowOutput, ProposalStatus, toProposalRows } from "./proposal-output.ts";

const groups = {
  ...proposalGroups,
  all: ProposalStatus.options,
} as const satisfies Record<string, readonly Status[]>;

export default defineTool({
  name: "list_proposals",
  title: "Proposals and changes",
  description:
    "Changes that wait for approval, run, or were done: what, how many resources, saving, risk, who proposed it, how many approvals of how many.",
  examples: [
    "what is waiting for approval?",
    "which changes were made?",
    "show pending approvals",
    "did any change fail?",
  ],
  permission: "remediation:read",
  effect: "read",
  rest: "GET /remediation/actions",
  input: z.object({
    show: z
      .enum(Object.keys(groups) as [keyof typeof groups, ...(keyof typeof groups)[]])
      .default("all")
      .describe("waiting: for approval; attention: failed or unclear"),
    resourceId: z.string().max(500).optional().describe("Full id"),
    limit: z.number().int().min(1).max(200).default(50),
    offset: z.number().int().min(0).default(0),
  }),
  output: z.object({
    totalCount: z.number().int(),
    offset: z.number().int(),
    rows: z.array(ProposalRowOutput),
  }),
  views: ({ rows, totalCount }) => [
    {
      type: "list" as const,
      title: "Proposals and changes",
      items: rows.map((row) => ({
        title: row.headline,
        detail: `${row.resourceNames.join(", ")} · proposed by ${row.proposedBy.name} · ${row.id}`,
        badge: row.status.replace("_", " "),
        ...(row.monthlySavings[0]
          ? { amount: row.monthlySavings[0].value, currency: row.monthlySavings[0].currency }
          : {}),
      })),
      ...(rows.length < totalCount ? { note: `${rows.length} of ${totalCount}` } : {}),
    },
  ],
  run: (ctx, { show, resourceId, limit, offset }) =>
    ctx.read(async (transaction) => {
      const found = await listProposals(transaction, {
        statuses: groups[show],
        ...(resourceId ? { resourceId: resourceId.toLowerCase() } : {}),
        limit,
        offset,
      });
      return { totalCount: found.total, offset, rows: await toProposalRows(transaction, found.rows) };
    }),
});
