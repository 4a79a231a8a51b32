import { selectPeople } from "@cloudoptima/db/queries/people.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { EmailAddress, RoleName } from "./access-shapes.ts";
import { MadeInvitation, makeInvitation } from "./make-invitation.ts";

export default defineOperation({
  name: "invite_person",
  title: "Invite a person",
  description:
    "Makes a single-use link with which somebody joins the organization in a role. No e-mail is sent: hand the link over.",
  permission: "people:manage",
  effect: "write",
  personOnly: true,
  rest: "POST /people/invitations",
  input: z.object({ email: EmailAddress, role: RoleName }),
  output: MadeInvitation,
  run: (ctx, { email, role }) =>
    ctx.write(async (transaction) => {
      const people = await selectPeople(transaction);
      if (people.some((person) => person.email === email)) {
        throw new AppError("conflict", "This person belongs to the organization already.", {
          hint: "Change their role in the list of people.",
        });
      }
      return makeInvitation(ctx, transaction, { email, role, userId: null });
    }),
});
