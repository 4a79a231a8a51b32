import { randomUUID } from "node:crypto";
import {
  type AccessTransaction,
  endAllAccess,
  findFirstAdmin,
  hasAdminWithPassword,
  insertOrganizationWithAdmin,
  insertPerson,
  storePassword,
  updateOwnPerson,
} from "@cloudoptima/db/queries/access.ts";
import { acceptInvitation, findOpenInvitation } from "@cloudoptima/db/queries/invitations.ts";
import type { OrganizationRow } from "@cloudoptima/db/queries/organizations.ts";
import { AppError } from "../kernel/errors.ts";
import type { Role } from "../kernel/permissions.ts";
import type { AccessParts, Caller } from "./access-parts.ts";
import { limitAddress } from "./attempt-limit.ts";
import { hashOneTimeToken } from "./one-time-token.ts";

export interface NewAdmin {
  name: string;
  email: string;
  password: string;
}

export interface InvitationFacts {
  /** join: somebody new. password: a new password for somebody who is a member already. */
  kind: "join" | "password";
  organization: string;
  email: string;
  role: Role;
}

/** Ways in for the first time. Each says who it is and leaves the opening of a session to the caller. */
export interface Joining {
  /** Whether the installation's own organization still waits for its first admin to choose a password. */
  needsSetUp(): Promise<boolean>;
  /** Names the first admin of the installation's own organization; what acted for them before ends. */
  setUp(admin: NewAdmin): Promise<string>;
  /** A new organization with its first admin, where the installation allows it. */
  register(admin: NewAdmin & { organization: string }, caller: Caller): Promise<string>;
  readInvitation(token: string): Promise<InvitationFacts>;
  /** Uses an invitation up; `name` is ignored where it only sets a new password. */
  accept(invitation: { token: string; name: string; password: string }): Promise<Accepted>;
}

export interface Accepted {
  userId: string;
  kind: InvitationFacts["kind"];
  /** The admin who made the link. */
  invitedBy: string;
  /** They made it in a session of the demo's one click: it opens no more than that click. */
  demo: boolean;
}

interface JoiningParts extends AccessParts {
  registrationOpen: boolean;
  /** The one that may use the host's own cloud identity: nobody may take its name. */
  operatorsOrganization: string;
  organizations(): Promise<OrganizationRow[]>;
  /** Gives a new organization what it finds at its first look; must not throw. */
  organizationMade(organization: { id: string; name: string }): Promise<void>;
}

export function createJoining(parts: JoiningParts): Joining {
  const { access, passwords, realNow } = parts;
  const inTransaction = <Result>(work: (transaction: AccessTransaction) => Promise<Result>) =>
    access.transaction().execute(work).catch(explainTaken);

  async function ownOrganization(): Promise<OrganizationRow> {
    const [first] = await parts.organizations();
    if (!first)
      throw new AppError("unavailable", "The organization is not there yet.", { hint: "Start again." });
    return first;
  }

  return {
    async needsSetUp() {
      return !(await hasAdminWithPassword(access, (await ownOrganization()).id));
    },
    async setUp({ name, email, password }) {
      const { id: organizationId } = await ownOrganization();
      const hash = await passwords.hash(password);
      const at = realNow();
      const known = await findFirstAdmin(access, organizationId);
      const userId = known ?? randomUUID();
      await inTransaction(async (transaction) => {
        if (known) {
          await updateOwnPerson(transaction, userId, { name, email, at });
          await endAllAccess(transaction, userId);
        } else {
          await insertPerson(transaction, {
            id: userId,
            organization_id: organizationId,
            email,
            name,
            role: "admin",
          });
        }
        await storePassword(transaction, { id: randomUUID(), userId, hash, demo: false, at });
      });
      return userId;
    },
    async register({ organization, name, email, password }, caller) {
      if (!parts.registrationOpen) {
        throw new AppError("forbidden", "Nobody can register here by themselves.", {
          hint: "Ask an admin of your organization for an invitation link.",
        });
      }
      await limitAddress(parts, caller.address);
      if (organization.toLowerCase() === parts.operatorsOrganization.toLowerCase()) throw nameTaken();
      const hash = await passwords.hash(password);
      const userId = randomUUID();
      const made = { id: randomUUID(), name: organization };
      await inTransaction(async (transaction) => {
        await insertOrganizationWithAdmin(transaction, made, { id: userId, email, name });
        const at = realNow();
        await storePassword(transaction, { id: randomUUID(), userId, hash, demo: false, at });
      });
      await parts.organizationMade(made);
      return userId;
    },
    async readInvitation(token) {
      const found = await findOpenInvitation(access, hashOneTimeToken(token), realNow());
      if (!found) throw usedUp();
      return {
        kind: found.user_id ? "password" : "join",
        organization: found.organization_name,
        email: found.email,
        role: found.role,
      };
    },
    async accept({ token, name, password }) {
      const found = await findOpenInvitation(access, hashOneTimeToken(token), realNow());
      if (!found) throw usedUp();
      const hash = await passwords.hash(password);
      const userId = found.user_id ?? randomUUID();
      await inTransaction(async (transaction) => {
        const at = realNow();
        if (!(await acceptInvitation(transaction, found.id, at))) throw usedUp();
        if (found.user_id) await endAllAccess(transaction, userId);
        else {
          const { organization_id, email, role } = found;
          await insertPerson(transaction, { id: userId, organization_id, email, name, role });
        }
        await storePassword(transaction, { id: randomUUID(), userId, hash, demo: found.demo, at });
      });
      const kind = found.user_id ? "password" : "join";
      return { userId, kind, invitedBy: found.invited_by, demo: found.demo };
    },
  };
}

function usedUp(): AppError {
  return new AppError("forbidden", "This link was used before, was revoked, or is too old.", {
    hint: "Ask the admin who made it for a new one.",
  });
}

/** Unique violations in words: an address signs in, so it is one person's in the whole installation. */
function explainTaken(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === "23505" && constraint === "users_email_key") {
    throw new AppError("conflict", "This e-mail address belongs to somebody already.", {
      hint: "Sign in with it, or use another.",
    });
  }
  if (code === "23505" && constraint === "organizations_name_key") {
    throw nameTaken();
  }
  throw error;
}

function nameTaken(): AppError {
  return new AppError("conflict", "There is an organization of this name already.", {
    hint: "Choose another name.",
  });
}
