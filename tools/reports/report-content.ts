import { z } from "zod";
import { Day, Period } from "../costs/cost-shapes.ts";
import { View } from "../kernel/view.ts";
import { reportTypes, sectionNames } from "./report-types.ts";

/** What the figures were read from; null: there is none of it yet. */
export const DataState = z.object({
  costs: z
    .object({ dataFrom: Day, dataUntil: Day, loadedAt: z.string().nullable() })
    .nullable()
    .describe("Loaded cost data"),
  inventory: z.object({ at: z.string() }).nullable().describe("The last scan of a cloud"),
  analysis: z.object({ at: z.string() }).nullable().describe("The last run of the recommendation rules"),
  assessment: z.object({ at: z.string() }).nullable().describe("The last Well-Architected run"),
});
export type DataState = z.infer<typeof DataState>;
export type Basis = keyof DataState;

/** A figure is a field of its answer's output: `value` is what stands at `pointer` there, never a sum of our own. */
export const Figure = z.object({
  label: z.string(),
  value: z.string().nullable().describe("Exact decimal; null: the data cannot tell"),
  unit: z.string().describe("ISO 4217 code of an amount, else percent or count"),
  detail: z.string().nullable(),
  pointer: z.string().describe("Where it stands in the output (RFC 6901)"),
  isHeadline: z.boolean().describe("One of the few that sum the report up"),
  isChange: z.boolean().describe("A difference: printed with its sign"),
});
export type Figure = z.infer<typeof Figure>;

const asked = {
  title: z.string(),
  tool: z.string().describe("The definition that answers questions with the same figures"),
  input: z.record(z.string(), z.unknown()),
  basis: z.enum(["costs", "inventory", "analysis", "assessment"]),
};

export const ReportAnswer = z.discriminatedUnion("outcome", [
  z.object({
    ...asked,
    outcome: z.literal("answered"),
    figures: z.array(Figure),
    views: z.array(View),
    notes: z.array(z.string()),
    output: z.record(z.string(), z.unknown()).describe("The answer, whole"),
  }),
  z.object({
    ...asked,
    outcome: z.literal("missing"),
    reason: z.string(),
    hint: z.string().nullable(),
  }),
]);
export type ReportAnswer = z.infer<typeof ReportAnswer>;

/** A report as it was read. Nothing in it is ever read again: whoever opens it later sees these figures. */
export const ReportContent = z.object({
  version: z.literal(1),
  title: z.string(),
  type: z.enum(reportTypes),
  organization: z.string(),
  scope: z.string(),
  period: Period,
  currencies: z.array(z.string()).describe("Of all amounts; amounts of several are never added"),
  generatedAt: z.string().describe("ISO time by the real clock"),
  businessTime: z.string().describe("ISO time that periods and ages are reckoned by"),
  generatedBy: z.object({ id: z.string(), name: z.string() }),
  schedule: z.string().nullable().default(null).describe("How often it is made, in words; null: once"),
  data: DataState,
  sections: z.array(
    z.object({ section: z.enum(sectionNames), title: z.string(), answers: z.array(ReportAnswer) }),
  ),
});
export type ReportContent = z.infer<typeof ReportContent>;
