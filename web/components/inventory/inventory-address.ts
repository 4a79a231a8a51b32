/** Whether resources are there still. */
export const existences = ["present", "gone", "all"] as const;
const sorts = ["cost", "name"] as const;

export type Existence = (typeof existences)[number];
export type InventorySort = (typeof sorts)[number];

/** What the inventory shows, all of it in its address. Empty does not filter. */
export interface InventoryAddress {
  /** The full id of the resource that is open. */
  id: string | null;
  existence: Existence;
  type: string;
  subscription: string;
  region: string;
  status: string;
  /** A tag's name; with a value only that, with `untagged` those that lack the tag. */
  tag: string;
  tagValue: string;
  untagged: boolean;
  text: string;
  sort: InventorySort;
  /** From 1. */
  page: number;
}

export const homeAddress: InventoryAddress = {
  id: null,
  existence: "present",
  type: "",
  subscription: "",
  region: "",
  status: "",
  tag: "",
  tagValue: "",
  untagged: false,
  text: "",
  sort: "cost",
  page: 1,
};

export const noFilters = {
  ...{ type: "", subscription: "", region: "", status: "", tag: "", tagValue: "" },
  ...{ untagged: false, text: "" },
} as const;

/** What an address shows; a part of it that makes no sense shows what its absence does. */
export function readAddress(_path: string, query: URLSearchParams): InventoryAddress {
  const said = (name: keyof InventoryAddress, longest = 200) => (query.get(name) ?? "").slice(0, longest);
  const page = Number(said("page"));
  const [existence, sort] = [said("existence") as Existence, said("sort") as InventorySort];
  const tag = said("tag", 512);
  return {
    id: said("id", 1024) || null,
    existence: existences.includes(existence) ? existence : homeAddress.existence,
    type: said("type", 120),
    subscription: said("subscription", 120),
    region: said("region", 60),
    status: said("status", 120),
    tag,
    tagValue: tag && said("tagValue", 300),
    untagged: tag !== "" && said("untagged") === "true",
    text: said("text"),
    sort: sorts.includes(sort) ? sort : homeAddress.sort,
    page: Number.isInteger(page) && page > 0 && page < 20_000 ? page : 1,
  };
}

/** Its address; only what differs from the page as it opens is written. */
export function writeAddress(address: InventoryAddress): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(address)) {
    if (value !== homeAddress[name as keyof InventoryAddress]) query.set(name, String(value));
  }
  return query.size > 0 ? `/inventory?${query}` : "/inventory";
}

/** Where one resource is shown. */
export function resourceAddress(id: string): string {
  return writeAddress({ ...homeAddress, id });
}
