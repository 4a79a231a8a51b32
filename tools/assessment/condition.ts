import { z } from "zod";
import type { RelationshipKind } from "../discovery/derive-relationships.ts";

type Scalar = string | number | boolean;

/** Exactly one comparison; text is compared without case. */
type Comparison =
  | { exists: true }
  | { equals: Scalar }
  | { in: readonly Scalar[] }
  | { matches: string }
  | { atLeast: number }
  | { atMost: number }
  | { countAtLeast: number }
  | { countAtMost: number }
  | { newerThanDays: number }
  /** Of a port, a range such as 20-25, * or a list of these: one of the ports is in it. */
  | { coversPort: readonly number[] };

/**
 * What a missing value means where Azure documents its default: the comparison then holds, or not. Without it a
 * missing value is unknown.
 */
interface Absent {
  absent?: boolean;
}

/**
 * A condition over a resource as data: a closed language, so that a check can be read, validated and shown, and
 * nothing in it can run. A path begins with properties, tags, name, region, status, resourceGroup or, inside `some`
 * and `each`, item. Its value is true, false or, where a fact is missing, unknown.
 */
export type Condition =
  | ({ path: string } & Comparison & Absent)
  /** A tag by any of its names, without case; holds when it is there and its value fits. */
  | { tag: readonly string[]; matches?: string }
  | ({ some: string; holds: Condition } & Absent)
  | ({ each: string; holds: Condition } & Absent)
  /** Other resources of the inventory: those that this one uses, or that use it. */
  | { related: RelationshipKind; direction: "uses" | "used_by"; some: Condition }
  | { related: RelationshipKind; direction: "uses" | "used_by"; each: Condition }
  | { related: RelationshipKind; direction: "uses" | "used_by"; countAtLeast: number }
  | { metric: string; statistic: "average" | "p95" | "maximum"; atMost: number }
  | { metric: string; statistic: "average" | "p95" | "maximum"; atLeast: number }
  /** An open recommendation of this type. */
  | { recommendation: string }
  | { allOf: readonly Condition[] }
  | { anyOf: readonly Condition[] }
  | { not: Condition };

const roots = ["properties", "tags", "name", "region", "status", "resourceGroup", "item"];
/** properties.securityProfile.encryptionAtHost; item. */
export const PropertyPath = z
  .string()
  .regex(/^[a-zA-Z]\w*(\.[\w-]+)*$/)
  .refine((path) => roots.includes(path.split(".")[0]!), `a path begins with one of: ${roots.join(", ")}`);
const Pattern = z.string().refine((pattern) => {
  try {
    return new RegExp(pattern, "i") instanceof RegExp;
  } catch {
    return false;
  }
}, "a regular expression");

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const absent = { absent: z.boolean().optional() };
const compare = { path: PropertyPath, ...absent };
const relation = { related: z.string(), direction: z.enum(["uses", "used_by"]) };
const measured = { metric: z.string(), statistic: z.enum(["average", "p95", "maximum"]) };
const nested = z.lazy(() => Condition);

export const Condition: z.ZodType<Condition> = z.union([
  z.strictObject({ ...compare, exists: z.literal(true) }),
  z.strictObject({ ...compare, equals: Scalar }),
  z.strictObject({ ...compare, in: z.array(Scalar).min(1) }),
  z.strictObject({ ...compare, matches: Pattern }),
  z.strictObject({ ...compare, atLeast: z.number() }),
  z.strictObject({ ...compare, atMost: z.number() }),
  z.strictObject({ ...compare, countAtLeast: z.number().int() }),
  z.strictObject({ ...compare, countAtMost: z.number().int() }),
  z.strictObject({ ...compare, newerThanDays: z.number().int() }),
  z.strictObject({ ...compare, coversPort: z.array(z.number().int()).min(1) }),
  z.strictObject({ tag: z.array(z.string()).min(1), matches: Pattern.optional() }),
  z.strictObject({ some: PropertyPath, holds: nested, ...absent }),
  z.strictObject({ each: PropertyPath, holds: nested, ...absent }),
  z.strictObject({ ...relation, some: nested }),
  z.strictObject({ ...relation, each: nested }),
  z.strictObject({ ...relation, countAtLeast: z.number().int() }),
  z.strictObject({ ...measured, atMost: z.number() }),
  z.strictObject({ ...measured, atLeast: z.number() }),
  z.strictObject({ recommendation: z.string() }),
  z.strictObject({ allOf: z.array(nested).min(1) }),
  z.strictObject({ anyOf: z.array(nested).min(1) }),
  z.strictObject({ not: nested }),
]) as z.ZodType<Condition>;
