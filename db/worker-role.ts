import { type Database, inTenant, type TenantTransaction } from "./client.ts";

/**
 * A transaction that may move an approved plan on and write its journal; it can never approve. Only
 * tools/remediation/store-run.ts may import this (the arrow check holds it).
 */
export function withWorker<Result>(
  database: Database,
  organizationId: string,
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  return inTenant(database, organizationId, "write", "cloudoptima_worker", work);
}
