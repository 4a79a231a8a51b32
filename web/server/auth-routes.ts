import {
  EmailAddress,
  GivenPassword,
  NewPassword,
  OrganizationName,
  PersonName,
} from "@cloudoptima/tools/access/access-shapes.ts";
import { permissionsOf } from "@cloudoptima/tools/kernel/permissions.ts";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { ApiEnvironment } from "./api.ts";
import { callerOf } from "./caller.ts";
import { readBody, requireActor, type SessionVariables } from "./with-session.ts";

/** Bodies of /api/v1/auth, which the OpenAPI document shows too. */
export const authBodies = {
  register: z.strictObject({
    organization: OrganizationName,
    name: PersonName,
    email: EmailAddress,
    password: NewPassword,
  }),
  login: z.strictObject({ email: z.string().max(254), password: GivenPassword }),
  refresh: z.strictObject({ refreshToken: z.string().min(1).max(200) }),
  logout: z.strictObject({ refreshToken: z.string().min(1).max(200) }),
};

/** /api/v1/auth: tokens for programs that act in a person's name (technical-design 6.1 and 7.1). */
export function authRoutes({ owner, behindProxy = false }: ApiEnvironment): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();
  const callerIn = (context: Context) => callerOf(context, "rest", behindProxy);

  routes.post("/register", async (context) => {
    const admin = await readBody(context, authBodies.register);
    const { joining, tokens } = owner().people;
    const userId = await joining.register(admin, callerIn(context));
    return context.json(await tokens.issueTo(userId), 201);
  });

  routes.post("/login", async (context) => {
    const given = await readBody(context, authBodies.login);
    return context.json(await owner().people.tokens.login(given, callerIn(context)));
  });

  routes.post("/refresh", async (context) => {
    const { refreshToken } = await readBody(context, authBodies.refresh);
    return context.json(await owner().people.tokens.refresh(refreshToken, callerIn(context)));
  });

  routes.post("/logout", async (context) => {
    const { refreshToken } = await readBody(context, authBodies.logout);
    await owner().people.tokens.logout(refreshToken, callerIn(context));
    return context.json({});
  });

  routes.get("/me", (context) => {
    const actor = requireActor(context);
    return context.json({
      id: actor.userId,
      name: actor.name,
      role: actor.role,
      permissions: permissionsOf(actor.role),
      organization: { id: actor.organizationId, name: actor.organizationName },
      via: actor.via,
      demo: actor.demo === true,
      signedInAt: actor.signedInAt ?? null,
    });
  });

  return routes;
}
