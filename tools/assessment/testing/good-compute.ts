import { type GoodResource, id } from "./good-resource.ts";

const machine = (system: "Linux" | "Windows"): GoodResource => ({
  type: "microsoft.compute/virtualmachines",
  name: `vm-${system.toLowerCase()}`,
  status: "running",
  properties: {
    zones: ["1"],
    provisioningState: "Succeeded",
    hardwareProfile: { vmSize: "Standard_D4s_v5" },
    securityProfile: {
      encryptionAtHost: true,
      securityType: "TrustedLaunch",
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    storageProfile: {
      osDisk: { osType: system, name: "d", managedDisk: { id: id("microsoft.compute/disks", "d") } },
      dataDisks: [],
    },
    networkProfile: { networkInterfaces: [{ id: id("microsoft.network/networkinterfaces", "nic") }] },
    osProfile:
      system === "Linux"
        ? {
            linuxConfiguration: {
              provisionVMAgent: true,
              disablePasswordAuthentication: true,
              patchSettings: { patchMode: "AutomaticByPlatform" },
            },
          }
        : {
            windowsConfiguration: {
              provisionVMAgent: true,
              patchSettings: { patchMode: "AutomaticByOS" },
            },
          },
    ...(system === "Windows" ? { licenseType: "Windows_Server" } : {}),
  },
});

/** Compute resources on which every check passes. */
export const goodCompute: GoodResource[] = [
  machine("Linux"),
  machine("Windows"),
  {
    type: "microsoft.compute/virtualmachinescalesets",
    name: "vmss",
    properties: {
      zones: ["1", "2"],
      sku: { name: "Standard_D4s_v5", capacity: 3 },
      provisioningState: "Succeeded",
      orchestrationMode: "Flexible",
      automaticRepairsPolicy: { enabled: true },
      upgradePolicy: { mode: "Rolling" },
      virtualMachineProfile: {
        securityProfile: { encryptionAtHost: true, securityType: "TrustedLaunch" },
        networkProfile: {
          networkInterfaceConfigurations: [{ name: "n", properties: { enableAcceleratedNetworking: true } }],
        },
      },
    },
  },
  {
    type: "microsoft.compute/disks",
    name: "d",
    properties: {
      zones: ["1"],
      sku: { name: "Premium_ZRS" },
      managedBy: id("microsoft.compute/virtualmachines", "vm-linux"),
      networkAccessPolicy: "DenyAll",
      diskState: "Attached",
      encryption: { type: "EncryptionAtRestWithCustomerKey" },
    },
  },
  {
    type: "microsoft.compute/snapshots",
    name: "s",
    properties: {
      sku: { name: "Standard_ZRS" },
      incremental: true,
      networkAccessPolicy: "DenyAll",
      timeCreated: "2026-09-01T00:00:00Z",
    },
  },
  {
    type: "microsoft.containerservice/managedclusters",
    name: "aks",
    properties: {
      sku: { name: "Base", tier: "Standard" },
      provisioningState: "Succeeded",
      kubernetesVersion: "1.34",
      disableLocalAccounts: true,
      aadProfile: { managed: true, enableAzureRBAC: true },
      apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/24"] },
      networkProfile: { networkPolicy: "cilium" },
      securityProfile: {
        defender: { securityMonitoring: { enabled: true } },
        workloadIdentity: { enabled: true },
      },
      oidcIssuerProfile: { enabled: true },
      addonProfiles: { azurepolicy: { enabled: true }, omsagent: { enabled: true } },
      autoUpgradeProfile: { upgradeChannel: "stable", nodeOSUpgradeChannel: "NodeImage" },
      metricsProfile: { costAnalysis: { enabled: true } },
      agentPoolProfiles: [
        { name: "system", mode: "System", count: 3, availabilityZones: ["1", "2"], osDiskType: "Ephemeral" },
        {
          name: "apps",
          mode: "User",
          count: 1,
          availabilityZones: ["1", "2"],
          osDiskType: "Ephemeral",
          enableAutoScaling: true,
        },
      ],
    },
  },
  {
    type: "microsoft.containerinstance/containergroups",
    name: "aci",
    properties: {
      zones: ["1"],
      provisioningState: "Succeeded",
      osType: "Linux",
      containers: [
        {
          name: "job",
          properties: {
            image: "registry.example/job:1.4",
            environmentVariables: [{ name: "MODE", value: "full" }, { name: "PASSWORD" }],
          },
        },
      ],
    },
  },
];
