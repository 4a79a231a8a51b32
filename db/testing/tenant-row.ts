/** Rows that others depend on. */
export interface Parents {
  connectionId: string;
  conversationId: string;
  actionId: string;
  policyId: string;
  documentId: string;
  userId: string;
  metricSeriesId: number;
}

export type Row = Record<string, unknown>;
/** By relation: a valid row of it that belongs to the organization. */
export type TenantRows = Record<string, (organizationId: string, parent: Parents) => Row>;

export const randomId = () => Math.floor(Math.random() * 2 ** 31);
export const now = new Date("2026-10-14T00:00:00Z");

/** A policy named by its id. */
export function policy(organization_id: string, id: string): Row {
  return { id, organization_id, name: id, severity: "low", policy_yaml: "policy: {}" };
}
