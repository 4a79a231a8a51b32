import { countAudit, listAudit, listAuditActions } from "@cloudoptima/db/queries/audit.ts";
import { z } from "zod";
import { stableId } from "../access/stable-id.ts";
import { defineOperation } from "../kernel/define-tool.ts";

const AuditRow = z.object({
  sequence: z.number().int().describe("Its place in the organization's chain, from 1 without gaps"),
  id: z.string(),
  time: z.string().describe("ISO, the database's real clock"),
  person: z.object({
    id: z.string().nullable(),
    name: z.string().nullable().describe("As they are called now, else as they were then"),
  }),
  action: z.string(),
  outcome: z.enum(["done", "failed", "refused"]),
  source: z.string().describe("Through which door: web, rest, mcp, terminal, slack, teams, agent, worker"),
  resourceType: z.string().nullable(),
  resourceId: z.string().nullable(),
  ipAddress: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const AuditList = z.object({
  totalCount: z.number().int().describe("Rows that match, over all pages"),
  rows: z.array(AuditRow),
  olderThan: z.number().int().nullable().describe("`before` of the next page, or null on the last"),
  actions: z.array(z.string()).describe("Every action that was ever audited, for choosing one"),
});
export type AuditList = z.infer<typeof AuditList>;

const day = z.iso.date();

export default defineOperation({
  name: "list_audit",
  title: "Audit log",
  description:
    "Who did, tried or was refused what, when and through which door; newest first, one page. Rows are append-only.",
  permission: "audit:read",
  effect: "read",
  rest: "GET /audit",
  input: z.object({
    action: z.string().max(100).optional().describe("Exactly this action, e.g. approve_proposal"),
    outcome: z.enum(["done", "failed", "refused"]).optional(),
    person: z.string().max(200).optional().describe("Part of a name or e-mail address, or a whole id"),
    resource: z
      .string()
      .max(500)
      .optional()
      .describe("Part of a resource's or proposal's id, or of what was asked for"),
    from: day.optional().describe("First day, UTC"),
    until: day.optional().describe("The day after the last, UTC"),
    before: z.number().int().min(1).optional().describe("Only rows before this one: the next page"),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: AuditList,
  async run(ctx, { before, limit, ...search }) {
    return ctx.read(async (transaction) => {
      const found = await listAudit(transaction, search, { before, limit: limit + 1 });
      const rows = found.slice(0, limit);
      return {
        totalCount: await countAudit(transaction, search),
        rows: rows.map(({ userId, personName, time, ...row }) => ({
          ...row,
          time: time.toISOString(),
          person: { id: userId, name: personName ?? nameThen(userId, row.details) },
        })),
        olderThan: found.length > limit ? rows.at(-1)!.sequence : null,
        actions: await listAuditActions(transaction),
      };
    });
  },
});

/** The name that the row itself keeps; the product's own work is not a person's. */
function nameThen(userId: string | null, details: Record<string, unknown>): string | null {
  if (userId === stableId("system")) return "CloudOptima";
  const name = (details.by as { name?: unknown } | undefined)?.name;
  return typeof name === "string" && name !== "" ? name : null;
}
