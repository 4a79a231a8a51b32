import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import type { AuditReport } from "./check-audit.ts";
import { breakKinds } from "./verify-chain.ts";

export const AuditVerification = z.object({
  organization: z.string(),
  intact: z.boolean(),
  rowCount: z.number().int().describe("Rows that are as they were written, up to the first broken one"),
  head: z
    .object({ sequence: z.number().int(), mac: z.string(), time: z.string() })
    .nullable()
    .describe("The last intact row; note it elsewhere to prove later that nothing was cut off"),
  signedHeadCount: z.number().int().describe("Heads in this host's file that the chain was compared with"),
  newestSignedSequence: z
    .number()
    .int()
    .nullable()
    .describe("The newest of them: rows after it could be cut off without this host's file telling"),
  broken: z
    .object({ sequence: z.number().int(), kind: z.enum(breakKinds), problem: z.string() })
    .nullable()
    .describe("The first row that was changed, is missing, was reordered or cut off"),
  checkedAt: z.string().describe("ISO, the real clock"),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

export default defineOperation({
  name: "verify_audit",
  title: "Check the audit log",
  description:
    "Checks that no row of the audit log was changed, removed, reordered or cut off: every MAC, every link, the database's head and the heads that this host signed.",
  permission: "audit:read",
  effect: "read",
  rest: "GET /audit/verify",
  input: z.object({}),
  output: AuditVerification,
  async run(ctx) {
    const report = await ctx.verifyAudit();
    return {
      organization: ctx.actor.organizationName,
      intact: report.broken === null,
      rowCount: report.rowCount,
      head: describeHead(report),
      signedHeadCount: report.signedHeadCount,
      newestSignedSequence: report.newestSignedSequence,
      broken: report.broken,
      checkedAt: ctx.realNow().toISOString(),
    };
  },
});

function describeHead({ head }: AuditReport): AuditVerification["head"] {
  if (!head) return null;
  const time = new Date(Math.round(Number(head.epoch) * 1_000)).toISOString();
  return { sequence: head.sequence, mac: head.mac, time };
}
