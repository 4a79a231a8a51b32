import type { Estate } from "../estate.ts";
import { AzureError } from "./azure-error.ts";
import type { SandboxContext } from "./context.ts";

/** Refuses what the identity may not do, in Azure's words. */
export function guard(estate: Pick<Estate, "permissions">, id: string, operation: string): void {
  if (estate.permissions.allow(id, operation)) return;
  throw new AzureError(
    403,
    "AuthorizationFailed",
    `The client does not have authorization to perform action '${operation}' over scope '${id}' or the scope is invalid.`,
  );
}

/** Refuses what the identity may not do, then what a lock forbids, in Azure's order. */
export function guardChange(estate: Estate, id: string, operation: string, verb: "write" | "delete"): void {
  guard(estate, id, operation);
  const lock = estate.locks.against(id, verb);
  if (lock) {
    throw new AzureError(
      409,
      "ScopeLocked",
      `The scope '${id}' cannot perform ${verb} operation because following scope(s) are locked: '${lock.scope}'. Please remove the lock and try again.`,
    );
  }
}

/** Refuses a change of another version than the one that the caller saw (`If-Match`, `If-None-Match: *`). */
export function checkPreconditions(c: SandboxContext, estate: Estate, id: string): void {
  const exists = estate.resource(id) !== undefined;
  const match = c.req.header("if-match");
  const noneMatch = c.req.header("if-none-match");
  const matches = (etags: string) =>
    exists && etags.split(",").some((etag) => etag.trim() === "*" || etag.trim() === estate.etag(id));
  if ((match !== undefined && !matches(match)) || (noneMatch !== undefined && matches(noneMatch))) {
    throw new AzureError(
      412,
      "PreconditionFailed",
      `The condition of the request is not met by the present version of '${id}'.`,
    );
  }
}
