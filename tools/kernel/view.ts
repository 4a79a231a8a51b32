import { z } from "zod";

/** A unit a figure can have. Money units are ISO 4217 codes beside the amount, never here. */
const Cell = z.union([z.string(), z.number(), z.null()]);

const Column = z.object({
  key: z.string(),
  label: z.string(),
  /** How faces format and align it: money cells are decimal strings in the view's currency. */
  format: z.enum(["text", "money", "percent", "count", "date"]),
});

const Series = z.object({ key: z.string(), label: z.string() });

/** Plain JSON that each face draws once. Amounts are decimal strings; `x` of time series is YYYY-MM-DD, of hours YYYY-MM-DDTHH:MMZ. */
export const View = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({
    type: z.literal("metric"),
    title: z.string(),
    value: z.string(),
    unit: z.string(),
    detail: z.string().optional(),
  }),
  z.object({
    type: z.literal("table"),
    title: z.string(),
    currency: z.string().optional(),
    columns: z.array(Column),
    rows: z.array(z.record(z.string(), Cell)),
    note: z.string().optional(),
  }),
  z.object({
    type: z.literal("bar"),
    title: z.string(),
    currency: z.string(),
    /** At most what the tool was asked for; faces show 7 and fold the rest into "other". */
    rows: z.array(
      z.object({ key: z.string(), label: z.string(), amount: z.string(), share: z.string().nullable() }),
    ),
    note: z.string().optional(),
  }),
  z.object({
    type: z.literal("line"),
    title: z.string(),
    /** Of money; what was measured has a unit instead, as people read it: "%", "GiB", "per second". */
    currency: z.string().optional(),
    unit: z.string().max(30).optional(),
    granularity: z.enum(["hourly", "daily", "weekly", "monthly"]),
    series: z.array(Series),
    /** One object per x: { x: "2026-10-01", <series key>: "12.34" | null }; an hour is "2026-10-01T05:00Z". */
    points: z.array(z.record(z.string(), z.string().nullable())),
    note: z.string().optional(),
  }),
  z.object({
    type: z.literal("waterfall"),
    title: z.string(),
    currency: z.string(),
    start: z.object({ label: z.string(), amount: z.string() }),
    steps: z.array(z.object({ key: z.string(), label: z.string(), amount: z.string() })),
    end: z.object({ label: z.string(), amount: z.string() }),
    note: z.string().optional(),
  }),
  /** A card that faces draw from the stored plan, never from words around it. */
  z.object({ type: z.literal("proposal"), proposalId: z.uuid(), title: z.string() }),
  z.object({
    type: z.literal("list"),
    title: z.string(),
    items: z.array(
      z.object({
        title: z.string(),
        detail: z.string().optional(),
        amount: z.string().optional(),
        currency: z.string().optional(),
        badge: z.string().optional(),
      }),
    ),
    note: z.string().optional(),
  }),
]);
export type View = z.infer<typeof View>;
