import { GivenPassword, NewPassword, PersonName } from "@cloudoptima/tools/access/access-shapes.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { ApiEnvironment } from "./api.ts";
import { callerOf } from "./caller.ts";
import { readBody, requireSession, type SessionVariables } from "./with-session.ts";

/** What people see and change of their own account, in a browser. */
export function accountRoutes({ owner, behindProxy = false }: ApiEnvironment): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();
  const callerIn = (context: Context) => callerOf(context, "web", behindProxy);

  routes.get("/", async (context) => {
    const session = requireSession(context);
    const { account, sessions } = owner().people;
    return context.json({
      name: session.actor.name,
      email: session.email,
      role: session.actor.role,
      organization: session.actor.organizationName,
      demo: session.actor.demo === true,
      signedInAt: session.actor.signedInAt ?? null,
      hasPassword: await account.hasPassword(session.actor.userId),
      sessions: await sessions.list(session),
    });
  });

  routes.put("/name", async (context) => {
    const session = requireSession(context);
    const { name } = await readBody(context, z.object({ name: PersonName }));
    await owner().people.account.setName(session, name, callerIn(context));
    return context.json({ name });
  });

  routes.put("/password", async (context) => {
    const session = requireSession(context);
    const passwords = await readBody(
      context,
      z.object({ current: GivenPassword.optional(), next: NewPassword }),
    );
    await owner().people.account.setPassword(session, passwords, callerIn(context));
    return context.json({});
  });

  /** "Sign in again", before something grave. */
  routes.post("/sign-in-again", async (context) => {
    const session = requireSession(context);
    const { password } = await readBody(context, z.object({ password: GivenPassword.optional() }));
    await owner().people.sessions.signInAgain(session, password, callerIn(context));
    return context.json({});
  });

  routes.delete("/sessions/:id", async (context) => {
    const session = requireSession(context);
    const id = z.uuid().safeParse(context.req.param("id"));
    if (!id.success) throw new AppError("not_found", "There is no such session.");
    await owner().people.sessions.end(session, id.data);
    return context.json({});
  });

  routes.delete("/sessions", async (context) => {
    const session = requireSession(context);
    await owner().people.sessions.endOthers(session.actor.userId, session.id);
    return context.json({});
  });

  return routes;
}
