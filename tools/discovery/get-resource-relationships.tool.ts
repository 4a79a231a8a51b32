import { listRelated } from "@cloudoptima/db/queries/resource-relationships.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import type { View } from "../kernel/view.ts";
import { findOneResource, ResourceNameOrId } from "./find-one-resource.ts";
import { resourceTypeLabel } from "./resource-types.ts";

const labels: Record<string, string> = {
  disk: "Disk",
  unmanaged_disk: "Unmanaged disk (blob)",
  disk_blob: "Unmanaged disk",
  storage_account: "Storage account of its disk",
  network_interface: "Network card",
  public_ip: "Public IP",
  network_security_group: "Network security group",
  virtual_network: "Virtual network",
  backend: "Backend",
  app_service_plan: "App Service plan",
  sql_server: "SQL server",
  elastic_pool: "Elastic pool",
  node_pool: "Node pool",
  scale_set: "Scale set of its nodes",
  source_disk: "Disk it is a snapshot of",
  source_snapshot: "Snapshot it is made of",
  job_database: "Database of its jobs",
};
const rowLimit = 200;

const Output = z.object({
  id: z.string(),
  name: z.string(),
  totalCount: z.number().int(),
  rows: z
    .array(
      z.object({
        direction: z.enum(["uses", "used_by"]),
        kind: z.string(),
        kindLabel: z.string().describe("What the used one is to the other"),
        steps: z.number().int().describe("1: directly; 2: through one other; …"),
        throughName: z.string().nullable().describe("The one between, where it is not direct"),
        id: z.string(),
        name: z.string(),
        typeLabel: z.string(),
        status: z.string().nullable(),
        resourceGroup: z.string().nullable(),
        region: z.string().nullable(),
        goneAt: z.string().nullable().describe("It no longer exists although the other still names it"),
      }),
    )
    .describe(`Nearest first, at most ${rowLimit}`),
});
type Output = z.infer<typeof Output>;

export default defineTool({
  name: "get_resource_relationships",
  title: "What belongs to a resource",
  description:
    "What one resource uses (a VM its disks, network cards, addresses and network; an app its plan; a database its server) and what uses or depends on it, directly and through others.",
  examples: [
    "what is attached to vm-web-1?",
    "what depends on plan-shop?",
    "which disks belong to vm-data-2",
    "what uses nsg-hub",
  ],
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/{id}/relationships",
  input: z.object({
    id: ResourceNameOrId,
    direction: z
      .enum(["both", "uses", "used_by"])
      .default("both")
      .describe("uses: what it needs; used_by: what depends on it"),
    steps: z.number().int().min(1).max(4).default(2).describe("How far to follow"),
  }),
  output: Output,
  views: relationshipViews,
  async run(ctx, { id: named, direction, steps }) {
    return ctx.read(async (transaction) => {
      const resource = await findOneResource(transaction, named);
      const found = await listRelated(transaction, resource.id, {
        directions: direction === "both" ? ["uses", "used_by"] : [direction],
        steps,
        limit: rowLimit,
      });
      const names = new Map(found.rows.map(({ id, name }) => [id, name ?? lastPart(id)]));
      return {
        id: resource.id,
        name: resource.name,
        totalCount: found.totalCount,
        rows: found.rows.map((row) => ({
          direction: row.direction,
          kind: row.kind,
          kindLabel: labels[row.kind] ?? row.kind,
          steps: row.steps,
          throughName: row.steps === 1 ? null : (names.get(row.throughId) ?? lastPart(row.throughId)),
          id: row.id,
          name: row.name ?? lastPart(row.id),
          typeLabel: row.type ? resourceTypeLabel(row.type) : (labels[row.kind] ?? "Resource"),
          status: row.status,
          resourceGroup: row.resourceGroup,
          region: row.region,
          goneAt: row.goneAt?.toISOString() ?? null,
        })),
      };
    });
  },
});

function lastPart(id: string): string {
  return id.split("/").at(-1) || id;
}

function relationshipViews(output: Output): View[] {
  if (output.rows.length === 0) return [];
  return [
    {
      type: "table",
      title: `What belongs to ${output.name}`,
      columns: [
        { key: "direction", label: "Direction", format: "text" },
        { key: "name", label: "Name", format: "text" },
        { key: "type", label: "Type", format: "text" },
        { key: "relation", label: "As", format: "text" },
        { key: "through", label: "Through", format: "text" },
        { key: "status", label: "Status", format: "text" },
      ],
      rows: output.rows.map((row) => ({
        direction: row.direction === "uses" ? "uses" : "used by",
        name: row.name,
        type: row.typeLabel,
        relation: row.kindLabel,
        through: row.throughName,
        status: row.goneAt ? "gone" : row.status,
      })),
      ...(output.totalCount > output.rows.length
        ? { note: `${output.rows.length} of ${output.totalCount}` }
        : {}),
    },
  ];
}
