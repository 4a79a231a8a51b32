import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";

/** A zone by its IANA name: an offset such as +02:00 would be wrong for half the year. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** What counts for everything that an organization does here. */
export const OrganizationSettings = z.object({
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, "There is no such time zone: give an IANA name such as Europe/Berlin or UTC.")
    .describe("IANA name; office hours, calm nights and report schedules are in it. Costs stay in UTC"),
  keepsHistory: z
    .boolean()
    .describe("Metrics, costs, changes and scans are kept for good, not for 90 days and 13 months"),
});
export type OrganizationSettings = z.infer<typeof OrganizationSettings>;

/** The settings of the transaction's organization. */
export async function readOrganizationSettings(
  transaction: TenantTransaction,
): Promise<OrganizationSettings> {
  const { time_zone, retention_exempt } = await readOrganization(transaction);
  return { timeZone: time_zone, keepsHistory: retention_exempt };
}
