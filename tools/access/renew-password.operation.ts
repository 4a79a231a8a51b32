import { findPersonInOrganization } from "@cloudoptima/db/queries/people.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { MadeInvitation, makeInvitation } from "./make-invitation.ts";
import { personNotFound } from "./people-shapes.ts";

export default defineOperation({
  name: "renew_password",
  title: "Password link",
  description:
    "Makes a single-use link with which somebody who lost their password chooses a new one; their sessions and keys then end.",
  permission: "people:manage",
  effect: "write",
  personOnly: true,
  rest: "POST /people/{id}/password-link",
  input: z.object({ id: z.uuid() }),
  output: MadeInvitation,
  run: (ctx, { id }) =>
    ctx.write(async (transaction) => {
      const person = await findPersonInOrganization(transaction, id);
      if (!person) throw personNotFound();
      const { email, role } = person;
      return makeInvitation(ctx, transaction, { email, role, userId: id });
    }),
});
