import { moneyWords } from "@cloudoptima/tools/kernel/format-value.ts";
import { safeName } from "@cloudoptima/tools/kernel/safe-name.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import type { ProposalOutput, ProposalRowOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { statusWords } from "@cloudoptima/tools/remediation/status-words.ts";
import { renderProposal } from "../render/render-proposal.ts";
import { call, operator, type Terminal } from "../terminal.ts";

/** What waits for approval (or one proposal, whole); looking decides nothing. */
export async function listApprovals(
  terminal: Terminal,
  id: string | undefined,
  options: { organization?: string; all?: boolean; json?: boolean },
): Promise<void> {
  const actor = await operator(terminal, options.organization);
  if (id) {
    const { output } = await call(terminal, actor, "get_proposal", { id });
    const proposal = output as unknown as ProposalOutput;
    terminal.print(options.json ? `${spelledJson(proposal, 2)}\n` : renderProposal(proposal, terminal.style));
    return;
  }
  const { output } = await call(terminal, actor, "list_proposals", {
    show: options.all ? "all" : "waiting",
    limit: 200,
  });
  const { rows } = output as unknown as { rows: ProposalRowOutput[] };
  if (options.json) terminal.print(`${spelledJson(rows, 2)}\n`);
  else if (rows.length === 0) terminal.print("Nothing waits for approval.\n");
  else for (const row of rows) terminal.print(describe(row, terminal));
}

function describe(row: ProposalRowOutput, { style }: Terminal): string {
  const saving = row.monthlySavings.length > 0 ? `, saves ${moneyWords(row.monthlySavings)} a month` : "";
  const names = row.resourceNames.map((name) => safeName(name)).join(", ");
  const more = row.resourceCount > row.resourceNames.length ? ", …" : "";
  return [
    `${style.bold(safeName(row.headline, 200))}  ${style.accent(`[${statusWords[row.status]}]`)}`,
    `  ${names}${more}${saving}, risk ${row.risk}, ${row.approvalCount} of ${row.requiredApprovers} approvals, proposed by ${safeName(row.proposedBy.name)}`,
    `  ${style.dim(row.id)}`,
    "",
  ].join("\n");
}
