import { lockOrganization, writeSettings } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { RemediationSettings, readRemediationSettings } from "./remediation-settings.ts";

export default defineOperation({
  name: "set_stop_switch",
  title: "Stop switch",
  description:
    "Stops every change of the organization before its next write, or lets changes run again. Plans that were approved meanwhile fail with the reason.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /remediation/stop",
  input: z.object({ stopped: z.boolean(), reason: z.string().trim().max(500).default("") }),
  output: RemediationSettings,
  async run(ctx, { stopped, reason }) {
    const changed = await ctx.write(async (transaction) => {
      await lockOrganization(transaction);
      const settings: RemediationSettings = {
        ...(await readRemediationSettings(transaction)),
        stopped: stopped
          ? { by: ctx.actor.name, at: ctx.realNow().toISOString(), reason: reason || "no reason given" }
          : null,
      };
      await writeSettings(transaction, "remediation", settings);
      return settings;
    });
    // Whoever looks at the approvals sees at once what counts now.
    ctx.publish({ type: "resync", data: {} });
    return changed;
  },
});
