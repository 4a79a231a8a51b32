import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { listEstateChanges } from "@cloudoptima/db/queries/resource-changes.ts";
import { z } from "zod";
import { Period } from "../costs/cost-shapes.ts";
import { PeriodInput } from "../costs/period-input.ts";
import { resolvePeriod } from "../costs/period-words.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { matchSubscriptions } from "./match-subscriptions.ts";
import { changeActor, changeCategories, changeKinds, FieldChange } from "./resource-change-shapes.ts";
import { changeViews } from "./resource-change-views.ts";
import { findResourceTypes, resourceTypeLabel } from "./resource-types.ts";

/** Days looked at where none are named: of the estate, and of one resource. */
const defaultDays = { all: 30, one: 365 };

/** Numbers among the values once more, as figures: "sku.capacity 8 → 16". */
const Figure = z.object({ value: z.string(), unit: z.string() });
const ToldChange = FieldChange.extend({ fromFigure: Figure.optional(), toFigure: Figure.optional() });

export const ResourceChangeList = z.object({
  period: Period,
  totalCount: z.number().int().describe("Changes that match; several fields at once are one"),
  counts: z.object({
    createdCount: z.number().int(),
    updatedCount: z.number().int(),
    goneCount: z.number().int(),
    returnedCount: z.number().int(),
  }),
  rows: z
    .array(
      z.object({
        at: z.string().describe("When; without changedBy and client: when a scan saw it"),
        kind: z.enum(changeKinds),
        id: z.string(),
        name: z.string(),
        typeLabel: z.string(),
        resourceGroup: z.string().nullable(),
        subscriptionName: z.string(),
        ...changeActor,
        fields: z.array(ToldChange).describe("Empty for what came or went whole"),
      }),
    )
    .describe("Newest first"),
  knownFrom: z.string().nullable().describe("When the first scan was; null: nothing was scanned yet"),
});
export type ResourceChangeList = z.infer<typeof ResourceChangeList>;

export default defineTool({
  name: "list_resource_changes",
  title: "What changed on resources",
  description:
    "What was created, deleted or changed (state, size, tier, tags, attachment, settings; from and to), newest first, and by whom where the cloud tells.",
  examples: [
    "which resources were created last week?",
    "what was deleted in October",
    "which VMs were resized this month",
    "what happened to vm-web-1?",
    "history of disk-data-2",
    "whose tags were changed since Monday",
  ],
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/changes",
  input: z.object({
    period: PeriodInput.optional().describe(
      `Default: the past ${defaultDays.all} days; of a resource ${defaultDays.one}`,
    ),
    resource: z.string().max(1024).optional().describe("Part of the name, or the full id"),
    type: z.string().max(120).optional(),
    resourceGroup: z.string().max(120).optional(),
    subscription: z.string().max(120).optional(),
    kind: z.enum(changeKinds).optional(),
    category: z.enum(changeCategories).optional(),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  output: ResourceChangeList,
  views: changeViews,
  async run(ctx, { period: asked, type, subscription, ...input }) {
    const period = asked
      ? resolvePeriod(asked, ctx.now())
      : pastDays(ctx.now(), input.resource ? defaultDays.one : defaultDays.all);
    return ctx.read(async (transaction) => {
      const names = await readSubscriptionNames(transaction);
      const types = type ? findResourceTypes(type) : undefined;
      const found = await listEstateChanges(transaction, {
        ...input,
        period,
        types: types?.length === 0 ? [type!.trim().toLowerCase()] : types,
        subscriptionIds: subscription ? matchSubscriptions(subscription, names) : undefined,
      });
      return {
        period,
        totalCount: changeKinds.reduce((sum, kind) => sum + found.counts[kind], 0),
        counts: {
          createdCount: found.counts.created,
          updatedCount: found.counts.updated,
          goneCount: found.counts.gone,
          returnedCount: found.counts.returned,
        },
        rows: found.rows.map(({ at, type: resourceType, subscriptionId, operation: _operation, ...row }) => ({
          ...row,
          fields: row.fields.map(withFigures),
          at: at.toISOString(),
          typeLabel: resourceTypeLabel(resourceType),
          subscriptionName: names.get(subscriptionId) ?? subscriptionId,
        })),
        knownFrom: found.knownFrom?.toISOString() ?? null,
      };
    });
  },
});

function withFigures(change: FieldChange): z.infer<typeof ToldChange> {
  const figureOf = (text: string | null) =>
    text !== null && /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? { value: text, unit: "count" } : undefined;
  const [fromFigure, toFigure] = [figureOf(change.from), figureOf(change.to)];
  return { ...change, ...(fromFigure ? { fromFigure } : {}), ...(toFigure ? { toFigure } : {}) };
}

function pastDays(now: Temporal.Instant, days: number): Period {
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  return { start: today.subtract({ days }).toString(), end: today.add({ days: 1 }).toString() };
}
