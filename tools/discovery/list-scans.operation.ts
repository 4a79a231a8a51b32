import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { readScans, ScanStatus } from "./scan-status.ts";

export default defineOperation({
  name: "list_scans",
  title: "Scans",
  description: "The latest scans of the connected clouds, newest first, with the ones that run now.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /discovery/status",
  input: z.object({
    connectionName: z.string().max(200).optional().describe("Only of this connection"),
    limit: z.number().int().min(1).max(100).default(10),
  }),
  output: z.object({ scans: z.array(ScanStatus) }),
  run: async (ctx, input) => ({ scans: await readScans(ctx, input) }),
});
