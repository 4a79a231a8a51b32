import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { OrganizationSettings, readOrganizationSettings } from "./organization-settings.ts";

export default defineOperation({
  name: "get_organization_settings",
  title: "The organization's settings",
  description: "The time zone of its office hours and schedules, and whether it keeps its history for good.",
  permission: "settings:manage",
  effect: "read",
  rest: "GET /organization",
  input: z.object({}),
  output: OrganizationSettings,
  run: (ctx) => ctx.read(readOrganizationSettings),
});
