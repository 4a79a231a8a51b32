import { listResourceChanges, type StoredChange } from "@cloudoptima/db/queries/resource-changes.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ResourceId, requireResource } from "./require-resource.ts";
import { changeActor, changeKinds, FieldChange } from "./resource-change-shapes.ts";

const Event = z.object({
  at: z.string().describe("When the cloud says that it was, else when a scan saw it"),
  kind: z.enum(changeKinds).describe("created: no scan had seen it before"),
  ...changeActor,
  operation: z.string().nullable().describe("microsoft.compute/virtualmachines/write"),
  fields: z.array(FieldChange),
});

export default defineOperation({
  name: "get_resource_history",
  title: "History of a resource",
  description:
    "What changed on one resource, newest first, and by whom where the cloud tells: tags, state, size, tier, attachment and other settings, from and to, and when it came and went. Timestamps and version marks are left out.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/{id}/history",
  input: z.object({
    id: ResourceId,
    limit: z.number().int().min(1).max(500).default(100).describe("Changed fields"),
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional()
      .describe("`next` of the page before"),
  }),
  output: z.object({
    events: z.array(Event),
    next: z.string().nullable().describe("For `before`; null: nothing is older"),
  }),
  async run(ctx, { id, limit, before }) {
    return ctx.read(async (transaction) => {
      const resource = await requireResource(transaction, id);
      const found = await listResourceChanges(transaction, resource.id, {
        limit: limit + 1,
        beforeId: before,
      });
      const page = found.slice(0, limit);
      return {
        events: toEvents(page),
        next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    });
  },
});

/** What the cloud tells as one, or one scan saw of a kind, is one event. */
function toEvents(changes: readonly StoredChange[]): z.infer<typeof Event>[] {
  const groups = Map.groupBy(changes, ({ changedAt, kind, changedBy, client, operation }) =>
    JSON.stringify([changedAt, kind, changedBy, client, operation]),
  );
  return [...groups.values()].map((group) => ({
    at: group[0]!.changedAt.toISOString(),
    kind: group[0]!.kind,
    changedBy: group[0]!.changedBy,
    client: group[0]!.client,
    operation: group[0]!.operation,
    fields: group
      .flatMap(({ field, category, from, to }) => (field && category ? [{ field, category, from, to }] : []))
      .toSorted((left, right) => left.field.localeCompare(right.field)),
  }));
}
