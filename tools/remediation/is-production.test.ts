import { expect, test } from "vitest";
import { environmentOf } from "./is-production.ts";

const tagged = (tags: Record<string, string>, name = "vm-1") =>
  environmentOf({ name, resourceGroup: "rg-shop", tags });

test.each<[Record<string, string>, ReturnType<typeof environmentOf>]>([
  [{ Environment: "Prd" }, "production"],
  [{ env: "production-eu" }, "production"],
  [{ "app-env": "prod01" }, "production"],
  [{ EnvironmentType: "LIVE" }, "production"],
  [{ environment_name: "pre-production" }, "elsewhere"],
  [{ env: "preprod" }, "elsewhere"],
  [{ Env: "non-prod" }, "elsewhere"],
  [{ lifecycle: "STG2" }, "elsewhere"],
  [{ env: "tst" }, "elsewhere"],
  [{ env: "Training" }, "elsewhere"],
  [{ env: "P" }, "production"],
  [{ env: "d" }, "elsewhere"],
  [{ workload: "production" }, "production"],
  [{ env: "test", workload: "production" }, "elsewhere"],
  [{ product: "production planning" }, null],
  [{ tier: "web" }, null],
])("the tags %j say %s", (tags, environment) => {
  expect(tagged(tags)).toBe(environment);
});

test.each([
  ["vm-prod01", "production"],
  ["web-dev2", "elsewhere"],
  ["product-api", null],
  ["devices", null],
  ["gpu-training-1", null],
  ["preprod-db", "elsewhere"],
])("where no tag does, the name %s says %s", (name, environment) => {
  expect(tagged({}, name)).toBe(environment);
  expect(tagged({ env: "test" }, name)).toBe("elsewhere");
});
