import type { AuditVerification } from "@cloudoptima/tools/audit/verify-audit.operation.ts";
import { formatCount } from "@cloudoptima/tools/kernel/format-value.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { exitCodes } from "../exit-codes.ts";
import { call, operator, type Terminal } from "../terminal.ts";

/**
 * Checks the audit log of one organization, or of every one of this installation: one line each, and exit code 1
 * when anything was changed, removed, reordered or cut off.
 */
export async function verifyAudit(
  terminal: Terminal,
  options: { organization?: string; json?: boolean },
): Promise<void> {
  const names =
    options.organization === undefined
      ? (await (await terminal.service()).organizations()).map(({ name }) => name)
      : [options.organization];
  const checks: AuditVerification[] = [];
  for (const name of names) {
    const { output } = await call(terminal, await operator(terminal, name), "verify_audit", {});
    checks.push(output as AuditVerification);
  }
  const intact = checks.every((check) => check.intact);
  terminal.print(
    options.json
      ? `${spelledJson({ intact, organizations: checks }, 2)}\n`
      : checks.map((check) => `${singleLine(describeCheck(check))}\n`).join(""),
  );
  if (!intact) terminal.endWith(exitCodes.failed);
}

function describeCheck({ organization, rowCount, head, broken }: AuditVerification): string {
  if (broken) return `broken: audit log of ${organization}: ${broken.problem}`;
  const until = head ? `, head ${head.sequence} ${head.mac.slice(0, 16)} of ${head.time}` : "";
  return `intact: ${formatCount(rowCount)} ${rowCount === 1 ? "row" : "rows"} of ${organization}${until}`;
}
