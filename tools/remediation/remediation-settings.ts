import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";

/** An organization's rules of the gate; kept in `organizations.settings.remediation`, changed by admins alone. */
export const RemediationSettings = z.object({
  /** May a person approve their own plan when it is low risk and can be undone. */
  selfApproval: z.boolean(),
  /** May one other person approve a grave plan where fewer than two could. */
  singleApprover: z.boolean(),
  /** Up to which risk members (not only admins) approve what others proposed. */
  membersApproveUpTo: z.enum(["none", "low", "medium"]),
  /** How long a proposal may wait for a decision. */
  proposalHours: z.number().int().min(1).max(720),
  /** Proposals that one person may make in an hour. */
  proposalsPerHour: z.number().int().min(1).max(500),
  /** The stop switch: nothing is executed while it stands. */
  stopped: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string().max(500) }).nullable(),
});
export type RemediationSettings = z.infer<typeof RemediationSettings>;

const Stored = z.object({ remediation: RemediationSettings.partial().default({}) });

/** The settings with their defaults: strict, except that the demo lets a person try the whole path alone. */
export async function readRemediationSettings(transaction: TenantTransaction): Promise<RemediationSettings> {
  const organization = await readOrganization(transaction);
  return {
    selfApproval: organization.demo,
    singleApprover: organization.demo,
    membersApproveUpTo: "medium",
    proposalHours: 72,
    proposalsPerHour: 30,
    stopped: null,
    ...Stored.parse(organization.settings).remediation,
  };
}
