import type { Role } from "@cloudoptima/tools/kernel/permissions.ts";

/** What each role may, in a few words. */
export const roleWords: Record<Role, string> = {
  admin: "everything, also people and settings",
  member: "reads, proposes, approves low and medium risk",
  viewer: "reads",
  auditor: "reads the audit log only",
};
