import { z } from "zod";

const Name = z.string().trim().min(1).max(255);
/** A name, or the beginning of names before a `*` at its end. */
const Pattern = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^*]*\*?$/, "may have a * at its end only")
  .min(1);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(200);

export const PolicySeverity = z.enum(["low", "medium", "high", "critical"]);

const Scope = z.strictObject({
  resource_types: list(Pattern).default(["*"]),
  /** Ids or names. */
  subscriptions: list(Pattern).default(["*"]),
  resource_groups: list(Pattern).default(["*"]),
});

const Condition = z
  .strictObject({
    /** Tags that must be there, with a value; their case does not matter, as in Azure. */
    required_tags: list(Name).optional(),
    /** Tags that have one of some values where they are there. */
    allowed_tag_values: z.record(Name, list(z.string().max(256))).optional(),
    allowed_regions: list(Name).optional(),
    /** Of machines, or the sku of what else has one. */
    allowed_sizes: list(Pattern).optional(),
    public_ip: z.literal("forbidden", 'may only be "forbidden"').optional(),
  })
  .refine((condition) => Object.keys(condition).length > 0, "demands nothing");

const Actions = z.strictObject({
  on_violation: z.array(z.looseObject({ type: z.string().max(100) })).default([]),
  remediation: z
    .strictObject({
      auto_remediate: z.boolean().default(false),
      approval_required: z.boolean().default(true),
    })
    .prefault({}),
});

/** A policy as it is written in YAML (technical-design 3.5). An unknown word is an error: it may be a misspelt demand. */
export const PolicyDocument = z.strictObject({
  policy: z.strictObject({
    id: z.string().max(100).optional(),
    name: Name,
    description: z.string().max(2_000).optional(),
    // 1.0 without quotation marks is a number in YAML.
    version: z.union([z.string().max(50), z.number()]).optional(),
    severity: PolicySeverity,
    category: z.string().max(100).optional(),
    scope: Scope.prefault({}),
    condition: Condition,
    actions: Actions.prefault({}),
  }),
});
export type Policy = z.infer<typeof PolicyDocument>["policy"];
