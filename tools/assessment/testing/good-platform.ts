import { type GoodResource, id } from "./good-resource.ts";

const endpoint = [{ id: id("microsoft.network/privateendpoints", "pe") }];

/** Networks, storage, databases, apps and the rest, on which every check passes. */
export const goodPlatform: GoodResource[] = [
  {
    type: "microsoft.network/networkinterfaces",
    name: "nic-of-endpoint",
    properties: { privateEndpoint: { id: endpoint[0]!.id }, ipConfigurations: [] },
  },
  {
    type: "microsoft.network/networkinterfaces",
    name: "nic",
    properties: {
      virtualMachine: { id: id("microsoft.compute/virtualmachines", "vm-linux") },
      enableAcceleratedNetworking: true,
      ipConfigurations: [{ name: "ipconfig1", properties: {} }],
    },
  },
  {
    type: "microsoft.network/networksecuritygroups",
    name: "nsg",
    properties: {
      subnets: [{ id: "s" }],
      securityRules: [
        {
          name: "AllowWeb",
          properties: {
            direction: "Inbound",
            access: "Allow",
            sourceAddressPrefix: "Internet",
            destinationPortRanges: ["80", "443"],
          },
        },
        {
          name: "AllowSshFromOffice",
          properties: {
            direction: "Inbound",
            access: "Allow",
            sourceAddressPrefix: "203.0.113.0/24",
            destinationPortRange: "22",
          },
        },
      ],
    },
  },
  {
    type: "microsoft.network/virtualnetworks",
    name: "vnet",
    properties: {
      enableDdosProtection: true,
      dhcpOptions: { dnsServers: ["10.0.0.4", "10.0.0.5"] },
      virtualNetworkPeerings: [{ name: "hub", properties: { peeringState: "Connected" } }],
      subnets: [
        { name: "GatewaySubnet", properties: {} },
        { name: "apps", properties: { networkSecurityGroup: { id: "n" }, natGateway: { id: "g" } } },
      ],
    },
  },
  {
    type: "microsoft.network/publicipaddresses",
    name: "pip",
    properties: { sku: { name: "Standard" }, publicIPAllocationMethod: "Static" },
  },
  {
    type: "microsoft.network/loadbalancers",
    name: "lb",
    properties: {
      sku: { name: "Standard" },
      provisioningState: "Succeeded",
      backendAddressPools: [
        { name: "web", properties: { backendIPConfigurations: [{ id: "a" }, { id: "b" }] } },
      ],
      loadBalancingRules: [{ name: "https", properties: { enableTcpReset: true } }],
      probes: [{ name: "health" }],
    },
  },
  {
    type: "microsoft.network/applicationgateways",
    name: "agw",
    properties: {
      zones: ["1", "2", "3"],
      sku: { name: "WAF_v2", tier: "WAF_v2" },
      provisioningState: "Succeeded",
      autoscaleConfiguration: { minCapacity: 2, maxCapacity: 10 },
      firewallPolicy: { id: "p" },
      sslPolicy: { policyName: "AppGwSslPolicy20220101" },
    },
  },
  {
    type: "microsoft.network/natgateways",
    name: "nat",
    properties: {
      zones: ["1"],
      sku: { name: "Standard" },
      idleTimeoutInMinutes: 4,
      subnets: [{ id: "s" }],
    },
  },
  {
    type: "microsoft.network/virtualnetworkgateways",
    name: "vgw",
    properties: {
      sku: { name: "VpnGw2AZ" },
      provisioningState: "Succeeded",
      gatewayType: "Vpn",
      activeActive: true,
    },
  },
  {
    type: "microsoft.storage/storageaccounts",
    name: "st",
    properties: {
      sku: { name: "Standard_ZRS" },
      kind: "StorageV2",
      supportsHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      publicNetworkAccess: "Disabled",
      encryption: { requireInfrastructureEncryption: true },
      privateEndpointConnections: endpoint,
      statusOfPrimary: "available",
    },
  },
  {
    type: "microsoft.storage/storageaccounts",
    name: "stwithkeys",
    tags: { Environment: "Development", Owner: "ann@contoso.example", CostCenter: "CC-1" },
    properties: {
      sku: { name: "Standard_LRS" },
      kind: "StorageV2",
      allowSharedKeyAccess: true,
      keyPolicy: { keyExpirationPeriodInDays: 90 },
    },
    fails: ["SEC-ST-04"],
  },
  {
    type: "microsoft.sql/servers",
    name: "sql",
    properties: {
      publicNetworkAccess: "Disabled",
      minimalTlsVersion: "1.2",
      administrators: { login: "dba-group", azureADOnlyAuthentication: true },
      restrictOutboundNetworkAccess: "Enabled",
      privateEndpointConnections: endpoint,
    },
  },
  {
    type: "microsoft.sql/servers/databases",
    name: "sql/orders",
    properties: {
      sku: { name: "BC_Gen5", tier: "BusinessCritical", family: "Gen5", capacity: 8 },
      zoneRedundant: true,
      requestedBackupStorageRedundancy: "Geo",
      readScale: "Enabled",
      maintenanceConfigurationId: "/x/SQL_WestEurope_DB_2",
    },
  },
  {
    type: "microsoft.web/serverfarms",
    name: "plan",
    properties: {
      sku: { name: "P1v3", tier: "PremiumV3", capacity: 3 },
      numberOfSites: 2,
      zoneRedundant: true,
    },
  },
  {
    type: "microsoft.web/sites",
    name: "app",
    properties: {
      state: "Running",
      httpsOnly: true,
      clientAffinityEnabled: false,
      endToEndEncryptionEnabled: true,
      virtualNetworkSubnetId: "/s",
      siteConfig: { minTlsVersion: "1.2", ftpsState: "Disabled", healthCheckPath: "/health" },
    },
  },
  {
    type: "microsoft.keyvault/vaults",
    name: "kv",
    properties: {
      enableSoftDelete: true,
      enablePurgeProtection: true,
      enableRbacAuthorization: true,
      networkAcls: { defaultAction: "Deny" },
      privateEndpointConnections: endpoint,
    },
  },
  {
    type: "microsoft.cognitiveservices/accounts",
    name: "ai",
    properties: {
      disableLocalAuth: true,
      publicNetworkAccess: "Disabled",
      customSubDomainName: "ai-contoso",
    },
  },
  {
    type: "microsoft.operationalinsights/workspaces",
    name: "log",
    properties: {
      sku: { name: "PerGB2018" },
      retentionInDays: 90,
      workspaceCapping: { dailyQuotaGb: 50 },
      features: { disableLocalAuth: true },
    },
  },
  {
    type: "microsoft.recoveryservices/vaults",
    name: "rsv",
    properties: {
      redundancySettings: {
        standardTierStorageRedundancy: "GeoRedundant",
        crossRegionRestore: "Enabled",
      },
      securitySettings: {
        softDeleteSettings: { softDeleteState: "AlwaysON" },
        immutabilitySettings: { state: "Unlocked" },
      },
      monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
    },
  },
];
