import type { Resource } from "../../clouds/sandbox/tenant/tenant-schema.ts";
import type { Kind } from "./plain-estate.ts";

export type Change = (resource: Resource) => Partial<Resource>;

export const property =
  (name: string, value: unknown): Change =>
  ({ properties }) => ({ properties: { ...properties, [name]: value } });
export const tag =
  (name: string, value: string): Change =>
  ({ tags }) => ({ tags: { ...tags, [name]: value } });
export const squad = { tags: [{ name: "Squad", value: "blue" }] };
const bigger = { to: "Standard_D4s_v5" };
const smaller = { to: "GP_Gen5_2" };
const standard = { to: "StandardSSD_LRS" };
const user = {
  id: "/subscriptions/s/resourcegroups/rg-dev/providers/microsoft.network/networkinterfaces/nic/ipconfigurations/1",
};

/** What somebody else does between plan and run, and how the refusal reads. */
export const drifts: {
  action: string;
  kind: Kind;
  input?: Record<string, unknown>;
  changes: [what: string, change: Change, reason: RegExp][];
}[] = [
  {
    action: "stop_vm",
    kind: "machine",
    changes: [
      [
        "size",
        property("hardwareProfile", { vmSize: "Standard_D8s_v5" }),
        /size was Standard_D2s_v5, is Standard_D8s_v5\./,
      ],
      ["another of its name", property("vmId", "another"), /vmId was vm-id-\d+, is another\./],
      ["production now", tag("Environment", "Production"), /production was false, is true\./],
    ],
  },
  {
    action: "resize_vm",
    kind: "machine",
    input: bigger,
    changes: [
      [
        "size",
        property("hardwareProfile", { vmSize: "Standard_D8s_v5" }),
        /size was Standard_D2s_v5, is Standard_D8s_v5\./,
      ],
      ["another of its name", property("vmId", "another"), /vmId was vm-id-\d+, is another\./],
      ["production now", tag("Environment", "Production"), /production was false, is true\./],
      [
        "a disk more than the size takes",
        property("storageProfile", {
          osDisk: { osType: "Linux" },
          dataDisks: Array.from({ length: 9 }, (_, lun) => ({
            lun,
            managedDisk: { storageAccountType: "Standard_LRS" },
          })),
        }),
        /^It cannot become Standard_D4s_v5 any more: the size does not take data disks\./,
      ],
    ],
  },
  {
    action: "delete_disk",
    kind: "disk",
    changes: [
      ["tag", tag("Project", "phoenix"), /tags\.Project was not set, is phoenix\./],
      ["size", property("diskSizeGB", 256), /properties\.diskSizeGB was 128, is 256\./],
      ["kind", () => ({ sku: { name: "Standard_LRS" } }), /sku\.name was Premium_LRS, is Standard_LRS/],
      [
        "attached",
        ({ properties }) => ({ managedBy: "/VM/1", properties: { ...properties, diskState: "Attached" } }),
        /diskState was Unattached, is Attached; managedBy was not set, is \/vm\/1\./,
      ],
      [
        "used",
        property("LastOwnershipUpdateTime", "2026-10-13T09:00:00Z"),
        /^It was in use until less than a week ago\./,
      ],
    ],
  },
  {
    action: "change_disk_kind",
    kind: "disk",
    input: standard,
    changes: [
      ["kind", () => ({ sku: { name: "Standard_LRS" } }), /kind was Premium_LRS, is Standard_LRS\./],
      ["size", property("diskSizeGB", 256), /sizeGb was 128, is 256\./],
      ["another of its name", property("uniqueId", "other"), /uniqueId was unique-\d+, is other\./],
      ["attached", () => ({ managedBy: "/VM/1" }), /managedBy was not set, is \/vm\/1\./],
    ],
  },
  {
    action: "delete_public_ip",
    kind: "address",
    changes: [
      ["tag", tag("Project", "phoenix"), /tags\.Project was not set, is phoenix\./],
      ["definition", property("idleTimeoutInMinutes", 30), /properties\.idleTimeoutInMinutes was 4, is 30\./],
      ["attached", property("ipConfiguration", user), /usedBy was not set, is \/subscriptions\/s\//],
      ["another of its name", property("resourceGuid", "other"), /resourceGuid was guid-\d+, is other\./],
    ],
  },
  {
    action: "change_access_tier",
    kind: "account",
    input: { to: "Cool" },
    changes: [
      ["tier", property("accessTier", "Cold"), /tier was Hot, is Cold\./],
      ["redundancy", () => ({ sku: { name: "Standard_GRS" } }), /sku was Standard_LRS, is Standard_GRS\./],
      ["another of its name", property("creationTime", "later"), /made was .*, is later\./],
    ],
  },
  {
    action: "delete_network_card",
    kind: "card",
    changes: [
      ["tag", tag("Project", "phoenix"), /tags\.Project was not set, is phoenix\./],
      ["a machine's", property("virtualMachine", { id: "/vm/1" }), /^It belongs to something\./],
    ],
  },
  {
    action: "delete_load_balancer",
    kind: "balancer",
    changes: [
      ["probes", property("probes", []), /properties\.probes was \[.*\], is \[\]\./],
      [
        "members",
        property("backendAddressPools", [
          { name: "back", properties: { backendIPConfigurations: [{ id: "/nic/1" }] } },
        ]),
        /properties\.backendAddressPools was/,
      ],
    ],
  },
  {
    action: "delete_app_service_plan",
    kind: "plan",
    changes: [
      [
        "instances",
        () => ({ sku: { name: "P1v3", tier: "PremiumV3", capacity: 3 } }),
        /sku\.capacity was 2, is 3\./,
      ],
      ["an app", property("numberOfSites", 1), /^It has apps on it\./],
    ],
  },
  {
    action: "delete_snapshot",
    kind: "snapshot",
    changes: [
      ["another of its name", property("uniqueId", "other"), /uniqueId was snapshot-\d+, is other\./],
      ["kept now", tag("purpose", "backup"), /^It is kept on purpose \(backup vault/],
    ],
  },
  {
    action: "resize_database",
    kind: "database",
    input: smaller,
    changes: [
      [
        "objective",
        property("currentServiceObjectiveName", "GP_Gen5_8"),
        /objective was GP_Gen5_4, is GP_Gen5_8\./,
      ],
      ["paused", property("status", "Paused"), /status was online, is paused\./],
      ["in a pool", property("elasticPoolId", "/pools/1"), /elasticPool was not set, is \/pools\/1\./],
      ["another of its name", property("databaseId", "other"), /databaseId was database-id-\d+, is other\./],
    ],
  },
  {
    action: "add_tags",
    kind: "disk",
    input: squad,
    changes: [
      ["this tag", tag("Squad", "red"), /tag Squad was not set, is red\./],
      ["this tag in another case", tag("sQUAD", "red"), /tag Squad was not set, is red\./],
    ],
  },
];

/** And between the change and its undo. */
export const returns: {
  action: string;
  kind: Kind;
  input?: Record<string, unknown>;
  change: Change | "made";
  reason: RegExp;
}[] = [
  {
    action: "stop_vm",
    kind: "machine",
    change: property("hardwareProfile", { vmSize: "Standard_D8s_v5" }),
    reason: /size was Standard_D2s_v5, is Standard_D8s_v5/,
  },
  {
    action: "resize_vm",
    kind: "machine",
    input: bigger,
    change: property("hardwareProfile", { vmSize: "Standard_D8s_v5" }),
    reason: /size was Standard_D4s_v5, is Standard_D8s_v5/,
  },
  {
    action: "delete_disk",
    kind: "disk",
    change: "made",
    reason: /^Something of this name exists again; it was not touched\./,
  },
  {
    action: "change_disk_kind",
    kind: "disk",
    input: standard,
    change: () => ({ sku: { name: "Standard_LRS" } }),
    reason: /kind was StandardSSD_LRS, is Standard_LRS/,
  },
  {
    action: "delete_public_ip",
    kind: "address",
    change: "made",
    reason: /^Something of this name exists again/,
  },
  {
    action: "change_access_tier",
    kind: "account",
    input: { to: "Cool" },
    change: property("accessTier", "Cold"),
    reason: /tier was Cool, is Cold/,
  },
  ...(
    [
      ["delete_network_card", "card"],
      ["delete_load_balancer", "balancer"],
      ["delete_app_service_plan", "plan"],
    ] as const
  ).map(([action, kind]) => ({
    ...{ action, kind, change: "made" as const },
    reason: /^Something of this name exists again/,
  })),
  {
    action: "resize_database",
    kind: "database",
    input: smaller,
    change: property("currentServiceObjectiveName", "GP_Gen5_8"),
    reason: /objective was GP_Gen5_2, is GP_Gen5_8/,
  },
  {
    action: "add_tags",
    kind: "disk",
    input: squad,
    change: tag("Squad", "green"),
    reason: /tag Squad was blue, is green/,
  },
];
