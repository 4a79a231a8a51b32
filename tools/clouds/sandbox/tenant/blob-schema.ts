import { z } from "zod";
import { Day } from "./day-schema.ts";

/** A blob of a storage account. What is in it is not served, but for the estate's own cost exports. */
export const StoredBlob = z.object({
  accountId: z.string().min(1).describe("Full id of its storage account, one of `resources`."),
  container: z
    .string()
    .regex(/^(\$root|[a-z0-9](-?[a-z0-9]){2,62})$/, "a container's name as Azure allows it")
    .describe('E.g. "vhds".'),
  name: z.string().min(1).max(1024).describe("With / for directories; capitals count."),
  type: z
    .enum(["PageBlob", "BlockBlob", "AppendBlob"])
    .default("PageBlob")
    .describe("Virtual hard disks of machines are page blobs."),
  sizeBytes: z.int().min(0).describe("Of a page blob a multiple of 512."),
  lease: z
    .enum(["available", "leased", "expired", "breaking", "broken"])
    .default("available")
    .describe("The disk of a machine is leased as long as the machine exists."),
  tier: z
    .string()
    .optional()
    .describe('Of a page blob in a premium account, "P10"; of a block blob "Hot", "Cool"…'),
  created: Day,
  lastModified: Day.describe("Writes of a machine count, a lease does not."),
  metadata: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a name as C# allows it"), z.string())
    .default({})
    .describe("A machine leaves MicrosoftAzureCompute_VMName and the like on its disks."),
  snapshots: z.array(Day).default([]).describe("Days of its snapshots: listed only when asked for."),
});
export type StoredBlob = z.infer<typeof StoredBlob>;
