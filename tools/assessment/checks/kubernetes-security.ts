import type { Check } from "../check.ts";

const appliesTo = ["microsoft.containerservice/managedclusters"];

export const kubernetesSecurityChecks: Check[] = [
  {
    id: "SEC-AKS-01",
    pillar: "security",
    severity: "high",
    appliesTo,
    passes: { path: "properties.disableLocalAccounts", equals: true, absent: false },
    evidence: [{ label: "Local accounts disabled", path: "properties.disableLocalAccounts" }],
    question: "Are the cluster's local accounts disabled?",
    why: "The local admin certificate is valid for years, has all rights and names nobody.",
    fix: "Integrate the cluster with Microsoft Entra, then disable local accounts.",
    source: "https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad",
  },
  {
    id: "SEC-AKS-02",
    pillar: "security",
    severity: "medium",
    appliesTo,
    passes: {
      allOf: [
        { path: "properties.aadProfile.managed", equals: true, absent: false },
        { path: "properties.aadProfile.enableAzureRBAC", equals: true, absent: false },
      ],
    },
    evidence: [
      { label: "Entra integration", path: "properties.aadProfile.managed" },
      { label: "Azure RBAC", path: "properties.aadProfile.enableAzureRBAC" },
    ],
    question: "Are people's rights in the cluster given in Microsoft Entra?",
    why: "Rights then end when people leave, and need multi-factor sign-in.",
    fix: "Enable Entra integration with Azure RBAC and assign its roles to groups.",
    source: "https://learn.microsoft.com/azure/aks/manage-azure-rbac",
  },
  {
    id: "SEC-AKS-03",
    pillar: "security",
    severity: "high",
    appliesTo,
    passes: {
      anyOf: [
        { path: "properties.apiServerAccessProfile.enablePrivateCluster", equals: true, absent: false },
        { path: "properties.apiServerAccessProfile.authorizedIPRanges", countAtLeast: 1, absent: false },
      ],
    },
    evidence: [
      { label: "Private cluster", path: "properties.apiServerAccessProfile.enablePrivateCluster" },
      { label: "Allowed ranges", path: "properties.apiServerAccessProfile.authorizedIPRanges" },
    ],
    question: "Is the API server closed to strangers' networks?",
    why: "Who reaches the API server can try stolen tokens and new holes of Kubernetes on it.",
    fix: "Allow the address ranges of your offices and build agents, or make a private cluster.",
    source: "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges",
  },
  {
    id: "SEC-AKS-04",
    pillar: "security",
    severity: "medium",
    appliesTo,
    passes: {
      path: "properties.networkProfile.networkPolicy",
      in: ["azure", "calico", "cilium"],
      absent: false,
    },
    evidence: [{ label: "Network policy", path: "properties.networkProfile.networkPolicy" }],
    question: "Can network policies be enforced in the cluster?",
    why: "Without an engine for them every pod can talk to every other, whatever the policies say.",
    fix: "Enable a network policy engine, best Cilium, and deny by default in each namespace.",
    source: "https://learn.microsoft.com/azure/aks/use-network-policies",
  },
  {
    id: "SEC-AKS-05",
    pillar: "security",
    severity: "medium",
    appliesTo,
    passes: {
      path: "properties.securityProfile.defender.securityMonitoring.enabled",
      equals: true,
      absent: false,
    },
    evidence: [{ label: "Defender", path: "properties.securityProfile.defender.securityMonitoring.enabled" }],
    question: "Does Defender for Containers watch the cluster?",
    why: "It tells of miners, shells in containers and calls from strange places while they happen.",
    fix: "Enable Defender for Containers on the subscription and its sensor on the cluster.",
    source: "https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction",
  },
  {
    id: "SEC-AKS-06",
    pillar: "security",
    severity: "medium",
    appliesTo,
    passes: {
      allOf: [
        { path: "properties.oidcIssuerProfile.enabled", equals: true, absent: false },
        { path: "properties.securityProfile.workloadIdentity.enabled", equals: true, absent: false },
      ],
    },
    evidence: [{ label: "Workload identity", path: "properties.securityProfile.workloadIdentity.enabled" }],
    question: "Do pods sign in to Azure by workload identity?",
    why: "The other ways are secrets in the cluster, or one identity that all pods of a node share.",
    fix: "Enable the OIDC issuer and workload identity, and federate one identity with each service account.",
    source: "https://learn.microsoft.com/azure/aks/workload-identity-overview",
  },
  {
    id: "SEC-AKS-07",
    pillar: "security",
    severity: "low",
    appliesTo,
    passes: { path: "properties.addonProfiles.azurepolicy.enabled", equals: true, absent: false },
    evidence: [{ label: "Azure Policy", path: "properties.addonProfiles.azurepolicy.enabled" }],
    question: "Does Azure Policy check what is deployed to the cluster?",
    why: "It refuses privileged containers and images from unknown places before they run.",
    fix: "Enable the Azure Policy add-on and assign the baseline initiative, first auditing.",
    source: "https://learn.microsoft.com/azure/aks/use-azure-policy",
  },
];
