import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { readPlaces } from "./report-place.ts";

export default defineOperation({
  name: "list_report_places",
  title: "Places of reports",
  description: "The subscriptions, with their resource groups, that a report can be narrowed to.",
  permission: "reports:read",
  effect: "read",
  rest: "GET /reports/places",
  input: z.object({}),
  output: z.object({
    subscriptions: z.array(
      z.object({ id: z.string(), name: z.string(), resourceGroups: z.array(z.string()) }),
    ),
  }),
  run: (ctx) => ctx.read(async (transaction) => ({ subscriptions: await readPlaces(transaction) })),
});
