import type { Resource } from "../../clouds/sandbox/tenant/tenant-schema.ts";
import type { ActionName } from "./action-cases.ts";

export type Change = (resource: Resource) => Partial<Resource>;

export const property =
  (name: string, value: unknown): Change =>
  ({ properties }) => ({ properties: { ...properties, [name]: value } });
export const tag =
  (name: string, value: string): Change =>
  ({ tags }) => ({ tags: { ...tags, [name]: value } });

const user = {
  id: "/subscriptions/s/resourcegroups/rg-dev/providers/microsoft.network/networkinterfaces/nic/ipconfigurations/1",
};

/** What somebody else does between plan and run, and how the refusal reads. */
export const drifts: Readonly<Record<ActionName, [what: string, change: Change, reason: RegExp][]>> = {
  stop_vm: [
    [
      "size",
      property("hardwareProfile", { vmSize: "Standard_D8s_v5" }),
      /size was Standard_D2s_v5, is Standard_D8s_v5\./,
    ],
    ["another of its name", property("vmId", "another"), /vmId was vm-id-\d+, is another\./],
    ["production now", tag("Environment", "Production"), /production was false, is true\./],
  ],
  resize_vm: [
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
  delete_disk: [
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
  change_disk_kind: [
    ["kind", () => ({ sku: { name: "Standard_LRS" } }), /kind was Premium_LRS, is Standard_LRS\./],
    ["size", property("diskSizeGB", 256), /sizeGb was 128, is 256\./],
    ["performance tier", property("tier", "P30"), /raisedTier was not set, is P30\./],
    ["another of its name", property("uniqueId", "other"), /uniqueId was unique-\d+, is other\./],
    ["attached", () => ({ managedBy: "/VM/1" }), /managedBy was not set, is \/vm\/1\./],
  ],
  delete_public_ip: [
    ["tag", tag("Project", "phoenix"), /tags\.Project was not set, is phoenix\./],
    ["definition", property("idleTimeoutInMinutes", 30), /properties\.idleTimeoutInMinutes was 4, is 30\./],
    ["attached", property("ipConfiguration", user), /usedBy was not set, is \/subscriptions\/s\//],
    ["another of its name", property("resourceGuid", "other"), /resourceGuid was guid-\d+, is other\./],
  ],
  change_access_tier: [
    ["tier", property("accessTier", "Cold"), /tier was Hot, is Cold\./],
    ["redundancy", () => ({ sku: { name: "Standard_GRS" } }), /sku was Standard_LRS, is Standard_GRS\./],
    ["another of its name", property("creationTime", "later"), /made was .*, is later\./],
  ],
  delete_network_card: [
    ["tag", tag("Project", "phoenix"), /tags\.Project was not set, is phoenix\./],
    ["a machine's", property("virtualMachine", { id: "/vm/1" }), /^It belongs to something\./],
  ],
  delete_load_balancer: [
    ["probes", property("probes", []), /properties\.probes was \[.*\], is \[\]\./],
    [
      "members",
      property("backendAddressPools", [
        { name: "back", properties: { backendIPConfigurations: [{ id: "/nic/1" }] } },
      ]),
      /properties\.backendAddressPools was/,
    ],
  ],
  delete_app_service_plan: [
    [
      "instances",
      () => ({ sku: { name: "P1v3", tier: "PremiumV3", capacity: 3 } }),
      /sku\.capacity was 2, is 3\./,
    ],
    ["an app", property("numberOfSites", 1), /^It has apps on it\./],
  ],
  delete_snapshot: [
    ["another of its name", property("uniqueId", "other"), /uniqueId was snapshot-\d+, is other\./],
    ["kept now", tag("purpose", "backup"), /^It is kept on purpose \(backup vault/],
  ],
  resize_database: [
    [
      "objective",
      property("currentServiceObjectiveName", "GP_Gen5_8"),
      /objective was GP_Gen5_4, is GP_Gen5_8\./,
    ],
    ["paused", property("status", "Paused"), /status was online, is paused\./],
    ["in a pool", property("elasticPoolId", "/pools/1"), /elasticPool was not set, is \/pools\/1\./],
    ["another of its name", property("databaseId", "other"), /databaseId was database-id-\d+, is other\./],
  ],
  add_tags: [
    ["this tag", tag("Squad", "red"), /tag Squad was not set, is red\./],
    ["this tag in another case", tag("sQUAD", "red"), /tag Squad was not set, is red\./],
  ],
  schedule_shutdown: [
    ["another of its name", property("vmId", "another"), /vmId was vm-id-\d+, is another\./],
    ["production now", tag("Environment", "Production"), /production was false, is true\./],
  ],
  use_own_licence: [
    ["licence", property("licenseType", "Windows_Client"), /licence was not set, is Windows_Client\./],
    ["another of its name", property("vmId", "another"), /vmId was vm-id-\d+, is another\./],
  ],
  make_database_serverless: [
    [
      "objective",
      property("currentServiceObjectiveName", "GP_Gen5_8"),
      /objective was GP_Gen5_4, is GP_Gen5_8\./,
    ],
    ["replicated", property("secondaryType", "Geo"), /^It is replicated, and such a database cannot pause\./],
    ["its own licence", property("licenseType", "BasePrice"), /^It uses an own licence/],
    ["in a pool", property("elasticPoolId", "/pools/1"), /elasticPool was not set, is \/pools\/1\./],
    ["another of its name", property("databaseId", "other"), /databaseId was database-id-\d+, is other\./],
  ],
};

const made = { change: "made" as const, reason: /^Something of this name exists again/ };

/** And between the change and its undo; null: there is none. */
export const returns: Readonly<Record<ActionName, { change: Change | "made"; reason: RegExp } | null>> = {
  stop_vm: {
    change: property("hardwareProfile", { vmSize: "Standard_D8s_v5" }),
    reason: /size was Standard_D2s_v5, is Standard_D8s_v5/,
  },
  resize_vm: {
    change: property("hardwareProfile", { vmSize: "Standard_D8s_v5" }),
    reason: /size was Standard_D4s_v5, is Standard_D8s_v5/,
  },
  schedule_shutdown: { change: property("vmId", "another"), reason: /vmId was vm-id-\d+, is another/ },
  use_own_licence: {
    change: property("licenseType", "Windows_Client"),
    reason: /licence was Windows_Server, is Windows_Client/,
  },
  delete_disk: { ...made, reason: /^Something of this name exists again; it was not touched\./ },
  change_disk_kind: {
    change: () => ({ sku: { name: "Standard_LRS" } }),
    reason: /kind was StandardSSD_LRS, is Standard_LRS/,
  },
  delete_snapshot: null,
  delete_public_ip: made,
  delete_network_card: made,
  delete_load_balancer: made,
  delete_app_service_plan: made,
  change_access_tier: { change: property("accessTier", "Cold"), reason: /tier was Cool, is Cold/ },
  resize_database: {
    change: property("currentServiceObjectiveName", "GP_Gen5_8"),
    reason: /objective was GP_Gen5_2, is GP_Gen5_8/,
  },
  make_database_serverless: {
    change: property("currentServiceObjectiveName", "GP_Gen5_8"),
    reason: /objective was GP_S_Gen5_4, is GP_Gen5_8/,
  },
  add_tags: { change: tag("Squad", "green"), reason: /tag Squad was blue, is green/ },
};
