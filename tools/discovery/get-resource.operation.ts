import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ResourceId, requireResource } from "./require-resource.ts";
import { ResourceRow } from "./resource-row.ts";
import { resourceTypeLabel } from "./resource-types.ts";

export default defineOperation({
  name: "get_resource",
  title: "Resource",
  description: "One cloud resource with its tags and properties as the last scan found them.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/{id}",
  input: z.object({ id: ResourceId }),
  output: ResourceRow.omit({ cost: true }).extend({
    provider: z.string(),
    configuration: z.record(z.string(), z.unknown()).describe("Its properties as the provider gives them"),
    firstSeenAt: z.string().nullable(),
    lastSeenAt: z.string().nullable(),
  }),
  async run(ctx, { id }) {
    return ctx.read(async (transaction) => {
      const { seen, properties, ...found } = await requireResource(transaction, id);
      const names = await readSubscriptionNames(transaction);
      return {
        ...found,
        configuration: properties,
        typeLabel: resourceTypeLabel(found.type),
        subscriptionName: found.subscriptionName ?? names.get(found.subscriptionId ?? "") ?? null,
        firstSeenAt: seen?.firstAt.toISOString() ?? null,
        lastSeenAt: seen?.lastAt.toISOString() ?? null,
        goneAt: seen?.goneAt?.toISOString() ?? null,
        knownFrom: seen ? ("inventory" as const) : ("bill" as const),
      };
    });
  },
});
