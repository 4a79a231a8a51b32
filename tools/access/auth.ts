import { randomUUID } from "node:crypto";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { createAuthEndpoint, isAPIError } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import type { AccessParts } from "./access-parts.ts";

/** The header in which we hand the library the caller's address; no request from outside sets it. */
export const callerAddressHeader = "x-cloudoptima-caller";
const sessionCookie = "cloudoptima_session";

const day = 24 * 3600;
/** Ours, which the library never writes; it has to know of them, because its check of the tables demands it. */
const tenantColumns = {
  organizationId: { type: "string", required: true, input: false, fieldName: "organization_id" },
  role: { type: "string", required: true, input: false },
} as const;
const timestamps = { createdAt: "created_at", updatedAt: "updated_at" };

/**
 * The sign-in library over our own tables: browser sessions with their signed cookie, and the check of API keys.
 * It is called by its functions alone; none of its routes is mounted. `secure`: behind https. `checkTables`: compare
 * our tables with what it writes, which the tests do, because our migrations cannot change under a running product.
 */
export function createAuth(
  { access, keys, passwords, log }: Pick<AccessParts, "access" | "keys" | "passwords" | "log">,
  { secure, checkTables = false }: { secure: boolean; checkTables?: boolean },
) {
  return betterAuth({
    appName: "CloudOptima AI",
    baseURL: "http://localhost", // of routes that are not mounted
    secret: keys.cookie,
    database: { db: access, type: "postgres", transaction: false },
    telemetry: { enabled: false },
    logger: {
      level: "error",
      log(_level, message, cause) {
        // A key that nobody has is the caller's mistake, not our failure.
        if (isAPIError(cause)) log.debug({ reason: cause.message }, message);
        else log.error({ err: cause }, message);
      },
    },
    emailAndPassword: { enabled: true, disableSignUp: true, password: passwords },
    user: {
      modelName: "users",
      fields: { emailVerified: "email_verified", ...timestamps },
      additionalFields: tenantColumns,
    },
    account: {
      modelName: "sign_in_accounts",
      fields: {
        userId: "user_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        ...timestamps,
      },
    },
    session: {
      modelName: "sign_in_sessions",
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        ...timestamps,
      },
      additionalFields: {
        demo: { type: "boolean", required: true, input: false },
        signedInAt: { type: "date", required: true, input: false, fieldName: "signed_in_at" },
      },
      // Ends after two weeks without a visit; a visit extends it once a day.
      expiresIn: 14 * day,
      updateAge: day,
    },
    verification: {
      modelName: "sign_in_verifications",
      fields: { expiresAt: "expires_at", ...timestamps },
    },
    advanced: {
      database: { generateId: () => randomUUID(), validateSchema: checkTables },
      ipAddress: { ipAddressHeaders: [callerAddressHeader] },
      useSecureCookies: secure,
      cookies: { session_token: { name: sessionCookie } },
      defaultCookieAttributes: { sameSite: "strict", httpOnly: true, path: "/" },
    },
    plugins: [keyCheck(), sessionOpener()],
  });
}
export type Auth = ReturnType<typeof createAuth>;

/** Keys are made, listed and revoked by our operations, inside the organization; here they are only checked. */
function keyCheck() {
  return apiKey({
    // Counted by api-key-login.ts.
    rateLimit: { enabled: false },
    schema: {
      apikey: {
        modelName: "api_keys",
        fields: {
          configId: "config_id",
          referenceId: "user_id",
          key: "key_hash",
          expiresAt: "expires_at",
          rateLimitEnabled: "rate_limit_enabled",
          rateLimitTimeWindow: "rate_limit_time_window",
          rateLimitMax: "rate_limit_max",
          requestCount: "request_count",
          refillInterval: "refill_interval",
          refillAmount: "refill_amount",
          lastRefillAt: "last_refill_at",
          lastRequest: "last_request",
          ...timestamps,
        },
      },
    },
  });
}

/** Opens a session for somebody whom we have checked ourselves, with its signed cookie. */
function sessionOpener() {
  return {
    id: "session-opener",
    schema: { apikey: { modelName: "api_keys", fields: tenantColumns } },
    endpoints: {
      openSession: createAuthEndpoint.serverOnly(
        {
          method: "POST",
          body: z.object({ userId: z.uuid(), demo: z.boolean(), signedInAt: z.date() }),
        },
        async (context) => {
          const { userId, demo, signedInAt } = context.body;
          const { internalAdapter } = context.context;
          const session = await internalAdapter.createSession(userId, false, { demo, signedInAt });
          const user = await internalAdapter.findUserById(userId);
          if (!user) throw new Error("The person was removed while signing in.");
          await setSessionCookie(context, { session, user });
          return { sessionId: session.id };
        },
      ),
    },
  };
}
