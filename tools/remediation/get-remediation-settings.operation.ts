import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { RemediationSettings, readRemediationSettings } from "./remediation-settings.ts";

export default defineOperation({
  name: "get_remediation_settings",
  title: "Rules of approval",
  description: "Who may approve which risk, how long proposals wait, and whether the stop switch stands.",
  permission: "remediation:read",
  effect: "read",
  rest: "GET /remediation/settings",
  input: z.object({}),
  output: RemediationSettings,
  run: (ctx) => ctx.read(readRemediationSettings),
});
