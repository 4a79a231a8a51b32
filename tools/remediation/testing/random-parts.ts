import fc from "fast-check";
import type { TenantInput } from "../../clouds/sandbox/tenant/tenant-schema.ts";

export type Planted = TenantInput["resources"][number];

export const subscriptionId = "22222222-2222-4333-8444-555555555555";
const groups = ["rg-dev", "RG-Größe", "rg_データ.west"];

export const oddCase = fc.constantFrom(
  "owner",
  "OWNER",
  "CostCenter",
  "cOST-cENTRE",
  "x",
  "hidden-link:a",
  "名前 1",
  "Ünït",
);
export const anyValue = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "0",
    "ok",
    "null",
    "🚀 launch 👩‍🚀",
    "a".repeat(250),
    "é".repeat(250),
    "Zoë <zoe@contoso.example>",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const many = fc.array(anyValue, { minLength: 49, maxLength: 49 });

/** None, a few in any case and script, or as many as leave room for one more. */
export const tags: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 5,
    arbitrary: fc
      .uniqueArray(fc.tuple(oddCase, anyValue), { maxLength: 5, selector: ([name]) => name.toLowerCase() })
      .map((pairs) => Object.fromEntries(pairs)),
  },
  {
    weight: 2,
    arbitrary: many.map((values) =>
      Object.fromEntries(values.map((value, index) => [`Tag-${index}`, value])),
    ),
  },
);

/** Some of these, so that what is not there is tried too. */
export const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Record<string, unknown>>;
export const zones = fc.constantFrom<string[] | undefined>(undefined, ["1"], ["3"]);

/** A resource of one of the groups, by its number in the estate. */
export function planted(index: number, type: string, name: string, more: Partial<Planted>): Planted {
  const group = groups[index % groups.length]!;
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${type.replace("servers/", "servers/sql-1/")}/${name}`,
    name,
    type,
    location: "westeurope",
    ...more,
    properties: { provisioningState: "Succeeded", ...more.properties },
  };
}
