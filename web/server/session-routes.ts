import {
  EmailAddress,
  GivenPassword,
  NewPassword,
  OrganizationName,
  PersonName,
} from "@cloudoptima/tools/access/access-shapes.ts";
import type { BrowserSession } from "@cloudoptima/tools/access/browser-sessions.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { ApiEnvironment } from "./api.ts";
import { callerOf } from "./caller.ts";
import { addCookies, readBody, requireActor, type SessionVariables } from "./with-session.ts";

const NewPerson = z.object({ name: PersonName, email: EmailAddress, password: NewPassword });
const LinkToken = z.string().min(1).max(200);

/** Who is signed in, and every way of a browser in and out. */
export function sessionRoutes(environment: ApiEnvironment): Hono<SessionVariables> {
  const { service, demoSignIn, setupLink, modelLabel, owner, behindProxy = false } = environment;
  const routes = new Hono<SessionVariables>();
  const callerIn = (context: Context) => callerOf(context, "web", behindProxy);

  /** The answer to every way in: the cookie, and where one now is. */
  function signedIn(context: Context, session: BrowserSession) {
    addCookies(context, session.setCookies);
    const { organizationId: id, organizationName: name } = session.actor;
    return context.json({ organization: { id, name } });
  }

  const demoOrganizations = async () => (await service.organizations()).filter(({ demo }) => demo);

  routes.get("/", async (context) => {
    const actor = context.get("actor");
    const isDemo = await demoSignIn();
    const { people } = owner();
    return context.json({
      person: actor
        ? {
            id: actor.userId,
            name: actor.name,
            role: actor.role,
            email: context.get("session")?.email ?? "",
            demo: actor.demo === true,
          }
        : null,
      organization: actor ? { id: actor.organizationId, name: actor.organizationName } : null,
      // Only a demo has several organizations, and several people, that one person may look as.
      organizations: actor && isDemo ? await demoOrganizations() : [],
      demoPeople: actor && isDemo ? await people.demoPeople(actor.organizationId) : [],
      demoSignIn: isDemo,
      registration: people.registrationOpen,
      setUp: setupLink !== null,
      model: modelLabel,
    });
  });

  routes.post("/sign-in", async (context) => {
    const given = await readBody(context, z.object({ email: z.string().max(254), password: GivenPassword }));
    return signedIn(context, await owner().people.sessions.signIn(given, callerIn(context)));
  });

  routes.post("/register", async (context) => {
    const admin = await readBody(context, NewPerson.extend({ organization: OrganizationName }));
    const { joining, sessions } = owner().people;
    const userId = await joining.register(admin, callerIn(context));
    return signedIn(
      context,
      await sessions.open(userId, { demo: false, action: "register" }, callerIn(context)),
    );
  });

  /** Asked at each use: connecting something real ends the demo at once. */
  const requireDemo = async () => {
    if (!(await demoSignIn())) throw new AppError("not_found", "There is nothing at this address.");
  };
  const openDemo = async (context: Context, organizationId: string, personId?: string) => {
    const { people } = owner();
    const all = await people.demoPeople(organizationId);
    const person = personId === undefined ? all[0] : all.find(({ id }) => id === personId);
    if (!person) throw new AppError("not_found", "There is no such demo person.");
    const how = { demo: true, action: "demo_sign_in" };
    return signedIn(context, await people.sessions.open(person.id, how, callerIn(context)));
  };

  /** One click: the first admin of the first organization, or another demo person of the one looked at. */
  routes.post("/demo", async (context) => {
    await requireDemo();
    const { personId } = await readBody(context, z.object({ personId: z.uuid().optional() }));
    const organizationId =
      personId === undefined ? (await demoOrganizations())[0]?.id : requireActor(context).organizationId;
    if (!organizationId) {
      throw new AppError("unavailable", "The demo organizations are still being made.", {
        hint: "Try again in a few seconds.",
      });
    }
    return openDemo(context, organizationId, personId);
  });

  routes.post("/organization", async (context) => {
    await requireDemo();
    requireActor(context);
    const { organizationId } = await readBody(context, z.object({ organizationId: z.string() }));
    const chosen = (await demoOrganizations()).find(({ id }) => id === organizationId);
    if (!chosen) throw new AppError("not_found", "There is no such organization.");
    return openDemo(context, chosen.id);
  });

  if (setupLink) {
    routes.post("/setup", async (context) => {
      const { token, ...admin } = await readBody(context, NewPerson.extend({ token: LinkToken }));
      if (!setupLink.redeem(token)) {
        throw new AppError("forbidden", "This link was used before, or is older than an hour.", {
          hint: "Start the product again; it prints a new one.",
        });
      }
      const { joining, sessions } = owner().people;
      let userId: string;
      try {
        userId = await joining.setUp(admin);
      } catch (error) {
        setupLink.restore(); // a name or an address that is taken can be mended on the same page
        throw error;
      }
      return signedIn(
        context,
        await sessions.open(userId, { demo: false, action: "set_up" }, callerIn(context)),
      );
    });
  }

  routes.post("/invitation", async (context) => {
    const { token } = await readBody(context, z.object({ token: LinkToken }));
    return context.json(await owner().people.joining.readInvitation(token));
  });

  routes.post("/join", async (context) => {
    const invitation = await readBody(
      context,
      z.object({ token: LinkToken, name: PersonName, password: NewPassword }),
    );
    const { joining, sessions } = owner().people;
    const { userId, kind, invitedBy, demo } = await joining.accept(invitation);
    const action = kind === "join" ? "join" : "choose_new_password";
    const how = { demo, action, details: { invitedBy } };
    return signedIn(context, await sessions.open(userId, how, callerIn(context)));
  });

  routes.delete("/", async (context) => {
    const cookies = await owner().people.sessions.signOut(context.req.header("cookie"), callerIn(context));
    context.res.headers.delete("Set-Cookie"); // a renewed cookie must not come after the one that ends it
    addCookies(context, cookies);
    return context.json({});
  });

  return routes;
}
