import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { readScans, ScanStatus } from "./scan-status.ts";

export default defineOperation({
  name: "get_scan",
  title: "Scan status",
  description: "How far one scan is or how it ended: percent, phases, counts by type, and what failed where.",
  permission: "resources:read",
  effect: "read",
  rest: "GET /discovery/scans/{id}",
  input: z.object({ id: z.uuid() }),
  output: ScanStatus,
  async run(ctx, { id }) {
    const [scan] = await readScans(ctx, { id, limit: 1 });
    if (scan) return scan;
    throw new AppError("not_found", "There is no scan with this id.", {
      hint: "GET /discovery/status lists the latest.",
    });
  },
});
