import { ComputeManagementClient } from "@azure/arm-compute";
import { CostManagementClient } from "@azure/arm-costmanagement";
import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { ResourceManagementClient } from "@azure/arm-resources";
import { ClientSecretCredential } from "@azure/identity";
import { MetricsClient, MetricsQueryClient } from "@azure/monitor-query";
import type { RunningSandbox } from "../start-sandbox.ts";

/** The real SDK clients, pointed at a sandbox. Without retries, so that tests see each answer. */
export function sandboxClients(sandbox: RunningSandbox, secret = sandbox.credentials.clientSecret) {
  const tlsOptions = { ca: sandbox.ca };
  const retryOptions = { maxRetries: 0 };
  const { tenantId, clientId } = sandbox.credentials;
  const credential = new ClientSecretCredential(tenantId, clientId, secret, {
    authorityHost: sandbox.origin,
    disableInstanceDiscovery: true,
    tlsOptions,
    retryOptions,
  });
  const options = { endpoint: sandbox.origin, tlsOptions, retryOptions };
  const subscriptionId = sandbox.subscriptionIds[0]!;
  return {
    credential,
    graph: new ResourceGraphClient(credential, subscriptionId, options),
    resources: (id = subscriptionId) => new ResourceManagementClient(credential, id, options),
    compute: (id = subscriptionId) => new ComputeManagementClient(credential, id, options),
    costs: new CostManagementClient(credential, {
      ...options,
      credentialScopes: "https://management.azure.com/.default",
    }),
    metrics: new MetricsClient(sandbox.origin, credential, options),
    resourceMetrics: new MetricsQueryClient(credential, options),
  };
}
