import { lockOrganization, writeSettings } from "@cloudoptima/db/queries/organizations.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { RemediationSettings, readRemediationSettings } from "./remediation-settings.ts";

export default defineOperation({
  name: "update_remediation_settings",
  title: "Change the rules of approval",
  description:
    "Changes who may approve which risk and how long proposals wait. Stricter rules count at once, also for plans that are approved but not carried out yet.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /remediation/settings",
  input: RemediationSettings.omit({ stopped: true }).partial(),
  output: RemediationSettings,
  async run(ctx, changes) {
    const changed = await ctx.write(async (transaction) => {
      await lockOrganization(transaction);
      const settings = { ...(await readRemediationSettings(transaction)), ...changes };
      await writeSettings(transaction, "remediation", settings);
      return settings;
    });
    // Whoever looks at the approvals sees at once what counts now.
    ctx.publish({ type: "resync", data: {} });
    return changed;
  },
});
