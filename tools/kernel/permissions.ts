/** Who may do what: technical-design 7.2, with the finer grains the product needs. */
export const permissions = [
  "costs:read",
  "costs:import",
  "resources:read",
  "resources:scan",
  "recommendations:read",
  "recommendations:update",
  "conversations:own",
  "reports:read",
  "reports:create",
  "policies:read",
  "remediation:read",
  "remediation:propose",
  "remediation:decide",
  "api-keys:own",
  "audit:read",
  "people:manage",
  "policies:manage",
  "connections:manage",
  "settings:manage",
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ["admin", "member", "viewer", "auditor"] as const;
export type Role = (typeof roles)[number];

const viewer: readonly Permission[] = [
  "costs:read",
  "resources:read",
  "recommendations:read",
  "reports:read",
  "policies:read",
  "remediation:read",
  "conversations:own",
  "api-keys:own",
];

const granted: Record<Role, readonly Permission[]> = {
  admin: permissions,
  member: [
    ...viewer,
    "costs:import",
    "resources:scan",
    "recommendations:update",
    "reports:create",
    "remediation:propose",
    "remediation:decide",
  ],
  viewer,
  auditor: ["audit:read"],
};

export function hasPermission(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}

export function permissionsOf(role: Role): readonly Permission[] {
  return granted[role];
}

/**
 * The role of an API key whose owner's role may have changed since: the narrower of the two, or null where neither
 * holds all that the other does (a member's key in the hands of an auditor).
 */
export function narrowerRole(one: Role, other: Role): Role | null {
  if (granted[one].every((permission) => hasPermission(other, permission))) return one;
  return granted[other].every((permission) => hasPermission(one, permission)) ? other : null;
}
