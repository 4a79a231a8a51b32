import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { Hono } from "hono";
import { z } from "zod";
import type { ApiEnvironment } from "./api.ts";
import { readBody, requireActor, type SessionVariables } from "./with-session.ts";

/** Who is signed in, signing in (demo, set-up link) and out, and the choice of organization. */
export function sessionRoutes(environment: ApiEnvironment): Hono<SessionVariables> {
  const { service, sessions, demoSignIn, setupLink, modelLabel } = environment;
  const routes = new Hono<SessionVariables>();

  /** Both ways in, the demo and the set-up link, are the organization's first admin's. */
  const signIn = async (organizationName: string) => {
    const { userId, organizationId } = await service.localActor("local", organizationName);
    return sessions.start({ userId, organizationId });
  };

  routes.get("/", async (context) => {
    const actor = context.get("actor");
    const isDemo = await demoSignIn();
    return context.json({
      person: actor ? { name: actor.name, role: actor.role } : null,
      organization: actor ? { id: actor.organizationId, name: actor.organizationName } : null,
      // Only a demo has several organizations that one person may look at.
      organizations: actor && isDemo ? await service.organizations() : [],
      demoSignIn: isDemo,
      model: modelLabel,
    });
  });

  /** Asked at each use: connecting something real ends the demo at once. */
  const requireDemo = async () => {
    if (!(await demoSignIn())) throw new AppError("not_found", "There is nothing at this address.");
  };

  routes.post("/demo", async (context) => {
    await requireDemo();
    const first = (await service.organizations())[0];
    if (!first) {
      throw new AppError("unavailable", "The demo organizations are still being made.", {
        hint: "Try again in a few seconds.",
      });
    }
    context.header("Set-Cookie", await signIn(first.name));
    return context.json({ organization: first });
  });

  routes.post("/organization", async (context) => {
    await requireDemo();
    requireActor(context);
    const { organizationId } = await readBody(context, z.object({ organizationId: z.string() }));
    const chosen = (await service.organizations()).find(({ id }) => id === organizationId);
    if (!chosen) throw new AppError("not_found", "There is no such organization.");
    context.header("Set-Cookie", await signIn(chosen.name));
    return context.json({ organization: chosen });
  });

  if (setupLink) {
    routes.post("/setup", async (context) => {
      const { token } = await readBody(context, z.object({ token: z.string().max(200) }));
      if (!setupLink.redeem(token)) {
        throw new AppError("forbidden", "This link was used before, or is older than an hour.", {
          hint: "Start the product again; it prints a new one.",
        });
      }
      const first = (await service.organizations())[0];
      if (!first)
        throw new AppError("unavailable", "The organization is not there yet.", { hint: "Start again." });
      context.header("Set-Cookie", await signIn(first.name));
      return context.json({ organization: first });
    });
  }

  routes.delete("/", (context) => {
    context.header("Set-Cookie", sessions.end());
    return context.json({});
  });

  return routes;
}
