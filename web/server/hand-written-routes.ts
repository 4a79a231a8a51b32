import { z } from "zod";
import { authBodies } from "./auth-routes.ts";
import { DecisionBody } from "./decision-routes.ts";

export interface HandWrittenRoute {
  method: string;
  path: string;
  operationId: string;
  summary: string;
  input: z.ZodObject;
  output: z.ZodObject;
  /** Default: 200. */
  status?: 201;
  /** Absent: any way to sign in. */
  security?: readonly Record<string, never[]>[];
}

const person = [{ session: [] }];
const nobody = [] as const;
const Id = z.object({ id: z.uuid() });

/** The access token is a JWT of 15 minutes; the refresh token works once, for 7 days. */
const Tokens = z.looseObject({ accessToken: z.string(), refreshToken: z.string() });
const Me = z.looseObject({
  id: z.uuid(),
  name: z.string(),
  role: z.string(),
  permissions: z.array(z.string()),
  organization: z.object({ id: z.uuid(), name: z.string() }),
});

/** Routes under /api/v1 that are no definition's: no model, key or tool may ever reach them by a name. */
export const handWrittenRoutes: readonly HandWrittenRoute[] = [
  {
    method: "POST",
    path: "/auth/register",
    operationId: "register",
    summary: "Make an organization with its first admin, where that is allowed",
    input: authBodies.register,
    output: Tokens,
    status: 201,
    security: nobody,
  },
  {
    method: "POST",
    path: "/auth/login",
    operationId: "login",
    summary: "Tokens for a program that acts in a person's name",
    input: authBodies.login,
    output: Tokens,
    security: nobody,
  },
  {
    method: "POST",
    path: "/auth/refresh",
    operationId: "refresh",
    summary: "New tokens for a refresh token, which then is used up",
    input: authBodies.refresh,
    output: Tokens,
    security: nobody,
  },
  {
    method: "POST",
    path: "/auth/logout",
    operationId: "logout",
    summary: "End a refresh token and all that came from it",
    input: authBodies.logout,
    output: z.object({}),
    security: nobody,
  },
  {
    method: "GET",
    path: "/auth/me",
    operationId: "me",
    summary: "Who the request counts as, and what they may do",
    input: z.object({}),
    output: Me,
  },
  {
    method: "POST",
    path: "/remediation/actions/{id}/decision",
    operationId: "decide",
    summary: "Approve or reject exactly the plan that was shown",
    input: DecisionBody.extend(Id.shape),
    output: z.looseObject({ status: z.string() }),
    security: person,
  },
  {
    method: "POST",
    path: "/remediation/actions/{id}/look-again",
    operationId: "look_again",
    summary: "Read the cloud once more for a change that nobody could tell the end of",
    input: Id,
    output: z.looseObject({ status: z.string() }),
    security: person,
  },
];
