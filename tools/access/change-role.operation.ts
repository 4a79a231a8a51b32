import { findPersonInOrganization, lockAdmins, updateRole } from "@cloudoptima/db/queries/people.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { RoleName } from "./access-shapes.ts";
import { lastAdmin, personNotFound } from "./people-shapes.ts";

export default defineOperation({
  name: "change_role",
  title: "Change a role",
  description: "Gives a person of the organization another role; it counts from their next request on.",
  permission: "people:manage",
  effect: "write",
  personOnly: true,
  rest: "PUT /people/{id}/role",
  input: z.object({ id: z.uuid(), role: RoleName }),
  output: z.object({ id: z.uuid(), role: RoleName }),
  run: (ctx, { id, role }) =>
    ctx.write(async (transaction) => {
      const admins = await lockAdmins(transaction);
      const person = await findPersonInOrganization(transaction, id);
      if (!person) throw personNotFound();
      if (role !== "admin" && admins.length === 1 && admins[0] === id) throw lastAdmin();
      await updateRole(transaction, id, role, new Date());
      return { id, role };
    }),
});
