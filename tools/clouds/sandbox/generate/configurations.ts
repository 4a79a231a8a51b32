import { pick, randomInteger } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { type Configuration, isTaggedProduction, isWindows } from "./configuration.ts";

const list = (value: unknown) => (Array.isArray(value) ? (value as Record<string, unknown>[]) : []);
/** Each element of a list of named parts, with fields where it has none of its own. */
const each = (value: unknown, properties: Record<string, unknown>) =>
  list(value).map((item) => ({ ...item, properties: { ...properties, ...(item.properties as object) } }));
const endpoint = ({ id }: Resource) => [
  { id: `${id}/privateEndpointConnections/pe`, properties: { provisioningState: "Succeeded" } },
];
const system = (resource: Resource) => (isWindows(resource) ? "windowsConfiguration" : "linuxConfiguration");
const openRule = (name: string, port: string, priority: number) => ({
  name,
  properties: {
    protocol: "Tcp",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: port,
    access: "Allow",
    direction: "Inbound",
    priority,
  },
});
const web = { sourceAddressPrefix: "Internet", sourcePortRange: "*", destinationAddressPrefix: "*" };

/** By type in lower case: the properties that Azure delivers beside what the workloads give, and what is wrong. */
export const configurations: Record<string, Configuration> = {
  "microsoft.compute/virtualmachines": {
    usual: (resource) => ({
      securityProfile: {
        encryptionAtHost: true,
        securityType: "TrustedLaunch",
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      osProfile: {
        [system(resource)]: {
          provisionVMAgent: true,
          ...(isWindows(resource) ? {} : { disablePasswordAuthentication: true }),
          patchSettings: { patchMode: "AutomaticByPlatform" },
        },
      },
    }),
    faults: [
      { check: "SEC-VM-01", chance: 0.3, set: { "securityProfile.encryptionAtHost": null } },
      { check: "SEC-VM-02", chance: 0.15, set: { "securityProfile.securityType": null } },
      {
        check: "SEC-VM-04",
        chance: 0.12,
        of: (resource) => !isWindows(resource),
        set: { "osProfile.linuxConfiguration.disablePasswordAuthentication": false },
      },
      { check: "OPS-VM-01", chance: 0.2, set: { "diagnosticsProfile.bootDiagnostics.enabled": false } },
      {
        check: "OPS-VM-02",
        chance: 0.25,
        of: (resource) => !isWindows(resource),
        set: { "osProfile.linuxConfiguration.patchSettings.patchMode": "ImageDefault" },
      },
    ],
  },
  "microsoft.compute/disks": {
    usual: () => ({ networkAccessPolicy: "DenyAll", publicNetworkAccess: "Disabled" }),
    faults: [{ check: "SEC-DISK-01", chance: 0.35, set: { networkAccessPolicy: "AllowAll" } }],
  },
  "microsoft.compute/snapshots": {
    usual: () => ({ networkAccessPolicy: "DenyAll", incremental: true }),
    faults: [{ check: "SEC-SNAP-01", chance: 0.3, set: { networkAccessPolicy: "AllowAll" } }],
  },
  "microsoft.network/networksecuritygroups": {
    usual: ({ properties }) => ({ securityRules: each(properties.securityRules, web) }),
    faults: [
      {
        check: "SEC-NSG-01",
        chance: 0.2,
        set: { "securityRules.+": openRule("AllowSshFromAnywhere", "22", 310) },
      },
      {
        check: "SEC-NSG-02",
        chance: 0.12,
        set: { "securityRules.+": openRule("AllowRemoteDesktop", "3380-3390", 320) },
      },
    ],
  },
  "microsoft.network/virtualnetworks": {
    usual: ({ properties }) => ({
      enableDdosProtection: false,
      subnets: each(properties.subnets, { defaultOutboundAccess: false }),
    }),
    faults: [],
  },
  "microsoft.network/loadbalancers": {
    usual: ({ properties }) => ({
      probes: [{ name: "health", properties: { protocol: "Https", port: 443, requestPath: "/health" } }],
      loadBalancingRules: each(properties.loadBalancingRules, {
        enableTcpReset: true,
        idleTimeoutInMinutes: 4,
      }),
    }),
    faults: [
      {
        check: "REL-LB-03",
        chance: 0.25,
        of: ({ properties }) => list(properties.loadBalancingRules).length > 0,
        set: { probes: [] },
      },
    ],
  },
  "microsoft.network/virtualnetworkgateways": {
    usual: () => ({ gatewayType: "Vpn", vpnType: "RouteBased", activeActive: true }),
    faults: [
      {
        check: "REL-VGW-02",
        chance: 0.5,
        of: ({ properties }) => properties.gatewayType !== "ExpressRoute",
        set: { activeActive: false },
      },
    ],
  },
  "microsoft.storage/storageaccounts": {
    usual: (resource) => ({
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      defaultToOAuthAuthentication: true,
      publicNetworkAccess: "Disabled",
      networkAcls: { bypass: "AzureServices", defaultAction: "Deny", ipRules: [], virtualNetworkRules: [] },
      privateEndpointConnections: endpoint(resource),
      keyPolicy: { keyExpirationPeriodInDays: 90 },
      encryption: { keySource: "Microsoft.Storage", requireInfrastructureEncryption: false },
      primaryEndpoints: { blob: `https://${resource.name}.blob.core.windows.net/` },
      primaryLocation: resource.location,
      statusOfPrimary: "available",
    }),
    faults: [
      { check: "SEC-ST-01", chance: 0.05, set: { supportsHttpsTrafficOnly: false } },
      { check: "SEC-ST-02", chance: 0.12, set: { minimumTlsVersion: "TLS1_0" } },
      { check: "SEC-ST-03", chance: 0.1, set: { allowBlobPublicAccess: true } },
      { check: "SEC-ST-04", chance: 0.45, set: { allowSharedKeyAccess: true } },
      {
        check: "SEC-ST-05",
        chance: 0.25,
        set: { publicNetworkAccess: "Enabled", "networkAcls.defaultAction": "Allow" },
      },
      { check: "SEC-ST-06", chance: 0.15, set: { allowCrossTenantReplication: true } },
    ],
  },
  "microsoft.sql/servers": {
    usual: (resource) => ({
      administrators: {
        administratorType: "ActiveDirectory",
        principalType: "Group",
        login: "sql-administrators",
        azureADOnlyAuthentication: true,
      },
      restrictOutboundNetworkAccess: "Disabled",
      privateEndpointConnections: endpoint(resource),
    }),
    faults: [
      { check: "SEC-SQL-01", chance: 0.25, set: { publicNetworkAccess: "Enabled" } },
      { check: "SEC-SQL-02", chance: 0.15, set: { minimalTlsVersion: "1.0" } },
      { check: "SEC-SQL-03", chance: 0.4, set: { "administrators.azureADOnlyAuthentication": false } },
    ],
  },
  "microsoft.sql/servers/databases": {
    usual: ({ sku }) => ({
      requestedBackupStorageRedundancy: "Geo",
      currentBackupStorageRedundancy: "Geo",
      readScale: isReplicated(sku) ? "Enabled" : "Disabled",
      maintenanceConfigurationId:
        "/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default",
    }),
    faults: [
      {
        check: "REL-SQL-02",
        chance: 0.25,
        of: isTaggedProduction,
        set: { requestedBackupStorageRedundancy: "Local", currentBackupStorageRedundancy: "Local" },
      },
      {
        check: "PERF-SQL-02",
        chance: 0.3,
        of: ({ sku }) => isReplicated(sku),
        set: { readScale: "Disabled" },
      },
    ],
  },
  "microsoft.web/serverfarms": {
    usual: () => ({ zoneRedundant: true }),
    faults: [{ check: "REL-PLAN-02", chance: 0.45, of: isTaggedProduction, set: { zoneRedundant: false } }],
  },
  // Lists of apps say nothing of their site configuration, in Azure as here: some checks stay unknown.
  "microsoft.web/sites": {
    usual: () => ({ clientAffinityEnabled: false, endToEndEncryptionEnabled: false }),
    faults: [
      { check: "SEC-APP-01", chance: 0.15, set: { httpsOnly: false } },
      { check: "PERF-APP-01", chance: 0.3, set: { clientAffinityEnabled: true } },
    ],
  },
  "microsoft.keyvault/vaults": {
    usual: (resource) => ({
      enableRbacAuthorization: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: "Disabled",
      privateEndpointConnections: endpoint(resource),
    }),
    faults: [
      { check: "SEC-KV-01", chance: 0.2, set: { enablePurgeProtection: null } },
      { check: "SEC-KV-02", chance: 0.35, set: { enableRbacAuthorization: false } },
      {
        check: "SEC-KV-03",
        chance: 0.3,
        set: { publicNetworkAccess: "Enabled", networkAcls: { defaultAction: "Allow", bypass: "None" } },
      },
    ],
  },
  "microsoft.containerservice/managedclusters": {
    usual: ({ properties }) => ({
      disableLocalAccounts: true,
      aadProfile: { managed: true, enableAzureRBAC: true },
      apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/24"] },
      networkProfile: { networkPlugin: "azure", networkPolicy: "cilium" },
      autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
      oidcIssuerProfile: { enabled: true },
      securityProfile: { workloadIdentity: { enabled: true } },
      addonProfiles: { omsagent: { enabled: true }, azurepolicy: { enabled: false } },
      agentPoolProfiles: list(properties.agentPoolProfiles).map((pool) => ({
        osDiskType: "Ephemeral",
        availabilityZones: ["1", "2", "3"],
        ...pool,
      })),
    }),
    faults: [
      { check: "SEC-AKS-01", chance: 0.4, set: { disableLocalAccounts: false } },
      { check: "SEC-AKS-03", chance: 0.4, set: { apiServerAccessProfile: { enablePrivateCluster: false } } },
      { check: "OPS-AKS-02", chance: 0.3, set: { "autoUpgradeProfile.upgradeChannel": "none" } },
    ],
  },
  "microsoft.containerinstance/containergroups": {
    usual: ({ properties, name }) => ({
      containers: each(properties.containers, {
        image: `registry.contoso.example/${name.replace(/^aci-/, "")}:2.${randomInteger(1, 9, name)}`,
        environmentVariables: [{ name: "LOG_LEVEL", value: "info" }],
      }),
    }),
    faults: [],
  },
  "microsoft.cognitiveservices/accounts": {
    usual: ({ name }) => ({
      customSubDomainName: name,
      disableLocalAuth: true,
      publicNetworkAccess: "Disabled",
    }),
    faults: [
      { check: "SEC-AI-01", chance: 0.5, set: { disableLocalAuth: false } },
      {
        check: "SEC-AI-02",
        chance: 0.4,
        set: { publicNetworkAccess: "Enabled", networkAcls: { defaultAction: "Allow" } },
      },
    ],
  },
  "microsoft.operationalinsights/workspaces": {
    usual: ({ name }) => ({
      sku: { name: "PerGB2018" },
      workspaceCapping: { dailyQuotaGb: pick([50, 120, 400], name) },
      features: { disableLocalAuth: true },
    }),
    faults: [
      { check: "COST-LAW-01", chance: 0.5, set: { "workspaceCapping.dailyQuotaGb": -1 } },
      { check: "SEC-LAW-01", chance: 0.4, set: { "features.disableLocalAuth": false } },
    ],
  },
};

function isReplicated(sku: Resource["sku"]): boolean {
  return ["BusinessCritical", "Premium"].includes(String(sku?.tier ?? ""));
}
