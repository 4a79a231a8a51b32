import { selectPersonNames } from "@cloudoptima/db/queries/people.ts";
import { listSuppressions } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { Suppression, toSuppression } from "./suppression.ts";

export default defineOperation({
  name: "list_suppressions",
  title: "Suppressed recommendations",
  description: "What is not recommended at present, with its reason, its end and who said so.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /recommendations/suppressions",
  input: z.object({}),
  output: z.object({ suppressions: z.array(Suppression) }),
  run: (ctx) =>
    ctx.read(async (transaction) => {
      const found = await listSuppressions(transaction, ctx.realNow());
      const people = [...new Set(found.map(({ createdBy }) => createdBy))];
      const names = await selectPersonNames(transaction, people);
      return { suppressions: found.map((stored) => toSuppression(stored, names)) };
    }),
});
