import type { AssessedResource } from "../assessed-resource.ts";

/** What makes a resource of a test what it is; the rest is the same for all. */
export type GoodResource = Pick<AssessedResource, "type" | "name" | "properties"> &
  Partial<Pick<AssessedResource, "status" | "tags">> & {
    /** Checks that it fails on purpose, because another check is about just that. */
    fails?: string[];
  };

/** Id of a resource of the tests by type and name. */
export function id(type: string, name: string): string {
  const [provider, ...types] = type.split("/");
  const names = name.split("/");
  return `/subscriptions/sub/resourcegroups/rg-shop-prod/providers/${provider}/${types
    .map((part, index) => `${part}/${names[index]}`)
    .join("/")}`;
}

/** The resource as scans know it, in a production group with all its tags. */
export function assessed(resource: GoodResource): AssessedResource & Pick<GoodResource, "fails"> {
  return {
    id: id(resource.type, resource.name),
    subscriptionId: "sub",
    resourceGroup: "rg-shop-prod",
    region: "westeurope",
    status: null,
    tags: { Environment: "Production", Owner: "ann@contoso.example", CostCenter: "CC-1" },
    ...resource,
  };
}
