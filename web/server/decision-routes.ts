import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { Door, OwnerFeatures } from "@cloudoptima/tools/product.ts";
import { Hono } from "hono";
import { z } from "zod";
import { readBody, requireActor, type SessionVariables } from "./with-session.ts";

/** How long after the password was given a sign-in counts as fresh. */
const freshMs = 10 * 60_000;

export const DecisionBody = z.strictObject({
  planHash: z.string().regex(/^[0-9a-f]{64}$/, "must be the hash of the plan that was shown"),
  decision: z.enum(["approve", "reject"]),
  reason: z.string().trim().max(500).optional(),
});

const Id = z.uuid();

/** The decision of a person on exactly the plan that they saw, and another look at a change nobody could settle. */
export function decisionRoutes({ owner }: { owner(): OwnerFeatures }): Hono<SessionVariables> {
  const routes = new Hono<SessionVariables>();

  routes.post("/:id/decision", async (context) => {
    const actor = requireActor(context);
    const body = await readBody(context, DecisionBody);
    const proposalId = readId(context.req.param("id"));
    const result = await owner().decide(actor, doorOf(actor, Date.now()), { proposalId, ...body }, "web");
    return context.json(result);
  });

  routes.post("/:id/look-again", async (context) => {
    const actor = requireActor(context);
    await owner().lookAgain(actor, readId(context.req.param("id")), "web");
    return context.json({ status: "executing" });
  });

  return routes;
}

/** Only a browser's session is a person's door; whatever else calls is passed on as what it is, and refused there. */
function doorOf(actor: Actor, now: number): Door {
  const signedInAt = actor.signedInAt ? Date.parse(actor.signedInAt) : Number.NEGATIVE_INFINITY;
  return {
    door: actor.via === "session" ? "session" : actor.via === "mcp" ? "mcp" : "api_key",
    freshSignIn: now - signedInAt < freshMs,
    demoSignIn: actor.demo === true,
  };
}

/** An id that is none can name no proposal: the same answer as for one that is not there. */
function readId(id: string): string {
  return Id.safeParse(id).data ?? "00000000-0000-0000-0000-000000000000";
}
