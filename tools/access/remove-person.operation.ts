import {
  findPersonInOrganization,
  lockAdmins,
  removePerson,
  revokeInvitations,
} from "@cloudoptima/db/queries/people.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { lastAdmin, personNotFound } from "./people-shapes.ts";

export default defineOperation({
  name: "remove_person",
  title: "Remove a person",
  description: "Removes a person from the organization; their sessions, tokens and API keys end at once.",
  permission: "people:manage",
  effect: "write",
  personOnly: true,
  rest: "DELETE /people/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  run: (ctx, { id }) =>
    ctx.write(async (transaction) => {
      const admins = await lockAdmins(transaction);
      const person = await findPersonInOrganization(transaction, id);
      if (!person) throw personNotFound();
      if (admins.length === 1 && admins[0] === id) throw lastAdmin();
      const at = new Date();
      await revokeInvitations(transaction, { email: person.email }, at);
      await removePerson(transaction, person, { by: ctx.actor.userId, at });
      return { id };
    }),
});
