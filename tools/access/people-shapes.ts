import type { PersonListRow } from "@cloudoptima/db/queries/people.ts";
import { z } from "zod";
import { AppError } from "../kernel/errors.ts";
import { RoleName } from "./access-shapes.ts";

export const Person = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: RoleName,
  /** ISO time; null: never. */
  lastSignInAt: z.string().nullable(),
});
export type Person = z.infer<typeof Person>;

export function toPerson(row: Omit<PersonListRow, "created_at" | "organization_id">): Person {
  const { id, email, name, role, last_login: last } = row;
  return { id, email, name, role, lastSignInAt: last?.toISOString() ?? null };
}

export const Invitation = z.object({
  id: z.uuid(),
  /** join: somebody new. password: a new password for a member. */
  kind: z.enum(["join", "password"]),
  email: z.string(),
  role: RoleName,
  createdAt: z.string(),
  expiresAt: z.string(),
});

export function personNotFound(): AppError {
  return new AppError("not_found", "There is no such person in this organization.", {
    hint: "They may have been removed; look at the list of people.",
  });
}

/** An organization that nobody administers could never be changed again. */
export function lastAdmin(): AppError {
  return new AppError("conflict", "This is the organization's last admin.", {
    hint: "Make somebody else an admin first.",
  });
}
