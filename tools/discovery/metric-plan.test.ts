import { expect, test } from "vitest";
import { azureMetric } from "../clouds/azure/metric-names.ts";
import { metricsOfType } from "../clouds/sandbox/metrics/catalog.ts";
import { metricPlans } from "./metric-plan.ts";

const planned = metricPlans.flatMap(({ type, metrics }) =>
  metrics.map(({ metric, aggregation }) => [type, metric, aggregation] as const),
);

test.each(planned)("%s: %s %s has a name in Azure and is measured by the sandbox", (type, metric) => {
  const named = azureMetric(type, metric);
  expect(named).toBeDefined();
  expect(metricsOfType(type)?.map(({ name }) => name)).toContain(named?.name);
});

test("no metric of a type is planned twice", () => {
  const keys = planned.map((entry) => entry.join(" "));
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  "virtualmachines",
  "virtualmachinescalesets",
  "managedclusters",
  "containergroups",
  "disks",
  "databases",
  "elasticpools",
  "storageaccounts",
  "loadbalancers",
  "serverfarms",
  "sites",
])("%s are measured", (kind) => {
  expect(planned.some(([type]) => type.endsWith(`/${kind}`))).toBe(true);
});
