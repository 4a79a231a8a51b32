import { lockOrganization, writeSettings } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { recommendationTypes } from "./recommendation-types.ts";
import { describeThresholds, findThreshold, RuleThresholds, readOwnThresholds } from "./rule-thresholds.ts";

export default defineOperation({
  name: "set_rule_threshold",
  title: "Change a rule's threshold",
  description:
    "Sets from which figure on a rule recommends something; null takes the default again. The next analysis goes by it.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /recommendations/thresholds",
  input: z.object({
    type: z.enum(recommendationTypes),
    name: z.string().max(100),
    value: z.number().nullable(),
  }),
  output: RuleThresholds,
  run: (ctx, { type, name, value }) =>
    ctx.write(async (transaction) => {
      const threshold = findThreshold(type, name);
      if (!threshold) {
        throw new AppError("not_found", `The rule ${type} has no threshold "${name}".`, {
          hint: "GET /recommendations/thresholds lists them.",
        });
      }
      if (value !== null && (value < threshold.minimum || value > threshold.maximum)) {
        throw new AppError(
          "invalid_input",
          `${name} is from ${threshold.minimum} to ${threshold.maximum} ${threshold.unit}.`,
          { hint: threshold.description },
        );
      }
      await lockOrganization(transaction);
      const own = await readOwnThresholds(transaction);
      const { [name]: _, ...others } = own[type] ?? {};
      const changed = { ...own, [type]: value === null ? others : { ...others, [name]: value } };
      await writeSettings(transaction, "recommendationThresholds", changed);
      return describeThresholds(changed);
    }),
});
