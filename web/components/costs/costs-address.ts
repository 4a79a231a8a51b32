export const costParts = ["data", "allocation"] as const;
export type CostPart = (typeof costParts)[number];
const costKinds = ["billed", "effective"] as const;

/** What the page of costs shows, all of it in its address. */
export interface CostsAddress {
  part: CostPart;
  /** First day of a month; empty: the last whole month with data. */
  month: string;
  /** Of the reconciliation by day and service. */
  kind: (typeof costKinds)[number];
  /** By what untagged cost is told. */
  by: string;
  /** Tag whose coverage is told; empty: the team tag. */
  tag: string;
}

export const dimensions = {
  service: "Service",
  subscription: "Subscription",
  resource_group: "Resource group",
  region: "Region",
  provider: "Provider",
  resource: "Resource",
} as const;
export type Dimension = keyof typeof dimensions;

const home: CostsAddress = { part: "data", month: "", kind: "billed", by: "service", tag: "" };

/** What an address shows; a part of it that makes no sense shows what its absence does. */
export function readAddress(_path: string, query: URLSearchParams): CostsAddress {
  const said = (name: keyof CostsAddress) => (query.get(name) ?? "").slice(0, 512);
  const one = <Value extends string>(name: keyof CostsAddress, values: readonly Value[]): Value => {
    const value = said(name) as Value;
    return values.includes(value) ? value : (home[name] as Value);
  };
  return {
    part: one("part", costParts),
    month: /^\d{4}-\d{2}-01$/.test(said("month")) ? said("month") : "",
    kind: one("kind", costKinds),
    by: one("by", Object.keys(dimensions)),
    tag: said("tag"),
  };
}

/** Its address; only what differs from the page as it opens is written. */
export function writeAddress(address: CostsAddress): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(address)) {
    if (value !== home[name as keyof CostsAddress]) query.set(name, value);
  }
  return query.size > 0 ? `/costs?${query}` : "/costs";
}
