import { selectOpenInvitations, selectPeople } from "@cloudoptima/db/queries/people.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { Invitation, Person, toPerson } from "./people-shapes.ts";

export default defineOperation({
  name: "list_people",
  title: "People",
  description: "Who belongs to the organization, with their roles, and the invitations that are still open.",
  permission: "people:manage",
  effect: "read",
  rest: "GET /people",
  input: z.object({}),
  output: z.object({ people: z.array(Person), invitations: z.array(Invitation) }),
  async run(ctx) {
    // The real clock: expiry is safety, not business time.
    const now = new Date();
    return ctx.read(async (transaction) => {
      const people = await selectPeople(transaction);
      const invitations = await selectOpenInvitations(transaction, now);
      return {
        people: people.map(toPerson),
        invitations: invitations.map((row) => ({
          id: row.id,
          kind: row.user_id ? ("password" as const) : ("join" as const),
          email: row.email,
          role: row.role,
          createdAt: row.created_at.toISOString(),
          expiresAt: row.expires_at.toISOString(),
        })),
      };
    });
  },
});
