import type { Condition } from "../condition.ts";

/** Production by its environment tag, else by the name of its group. */
export const production: Condition = {
  anyOf: [
    { tag: ["environment", "env", "stage"], matches: "^(prod|prd|live)" },
    {
      allOf: [
        { not: { tag: ["environment", "env", "stage"] } },
        { path: "resourceGroup", matches: "(^|[-_])(prod|prd|production|live)([-_]|$)", absent: false },
      ],
    },
  ],
};

/** A scale set that a Kubernetes cluster manages is the cluster's matter. */
export const managedByCluster: Condition = {
  anyOf: [
    { tag: ["aks-managed-poolname", "aks-managed-createoperationid"] },
    { path: "resourceGroup", matches: "^mc_", absent: false },
  ],
};

/** Private by its own switch, or closed to all networks but those allowed. */
export const closedNetwork: Condition = {
  anyOf: [
    { path: "properties.publicNetworkAccess", in: ["Disabled", "SecuredByPerimeter"], absent: false },
    { path: "properties.networkAcls.defaultAction", equals: "Deny" },
  ],
};

/** That no recommendation is open says something only of what was measured; what is off costs no compute. */
export const measured: Condition = {
  anyOf: [
    { metric: "cpu_percent", statistic: "maximum", atLeast: 0 },
    { path: "status", in: ["deallocated", "deallocating", "paused"] },
  ],
};
