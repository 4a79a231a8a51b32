import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ResourceId, requireResource } from "./require-resource.ts";
import { resourceTypeLabel } from "./resource-types.ts";

export default defineOperation({
  name: "get_resource",
  title: "Resource",
  description: "One cloud resource with its tags and properties as the last scan found them.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/{id}",
  input: z.object({ id: ResourceId }),
  output: z.object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    typeLabel: z.string(),
    provider: z.string(),
    region: z.string().nullable(),
    resourceGroup: z.string().nullable(),
    subscriptionId: z.string().nullable(),
    subscriptionName: z.string().nullable(),
    status: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    configuration: z.record(z.string(), z.unknown()).describe("Its properties as the provider gives them"),
    firstSeenAt: z.string().nullable(),
    lastSeenAt: z.string().nullable(),
    goneAt: z.string().nullable().describe("When a scan first missed it, or null while it exists"),
    knownFrom: z.enum(["inventory", "bill"]).describe("bill: only cost data names it, no scan has seen it"),
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
