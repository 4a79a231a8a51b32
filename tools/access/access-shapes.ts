import { z } from "zod";
import { roles } from "../kernel/permissions.ts";

/** An address that signs in: lower case, because that is how it is compared. */
export const EmailAddress = z.email("must be an e-mail address").max(254).toLowerCase();

/** Long rather than complicated, as NIST SP 800-63B asks; the upper bound keeps hashing cheap. */
export const NewPassword = z
  .string()
  .min(12, "must have at least 12 characters")
  .max(256, "must have at most 256 characters");

/** A password as typed, to be checked: no rule but a bound, so that an old one still works. */
export const GivenPassword = z.string().min(1).max(256);

export const PersonName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, "must have no control characters");

export const OrganizationName = PersonName;
export const RoleName = z.enum(roles);
