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
  "audit:read",
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
  ],
  viewer,
  auditor: ["audit:read"],
};

export function hasPermission(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}
