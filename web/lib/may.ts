import { hasPermission, type Permission, type Role } from "@cloudoptima/tools/kernel/permissions.ts";
import type { SessionInfo } from "./api.ts";

/** Whether the signed-in person's role allows it: for what a page shows. The server decides for itself. */
export function may(session: SessionInfo | undefined, permission: Permission): boolean {
  return session?.person ? hasPermission(session.person.role as Role, permission) : false;
}
