import { type Database, inTenant, type TenantTransaction } from "./client.ts";

/**
 * A transaction that may record a person's decision and move a proposal to approved, rejected or expired,
 * and nothing else. Only tools/decide.ts may import this (the arrow check holds it).
 */
export function withGate<Result>(
  database: Database,
  organizationId: string,
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  return inTenant(database, organizationId, "write", "cloudoptima_gate", work);
}
