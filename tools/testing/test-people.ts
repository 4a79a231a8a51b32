import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@cloudoptima/db/client.ts";
import type { Caller } from "../access/access-parts.ts";
import { argon2id } from "../access/password-hash.ts";
import { createPeople, type People } from "../access/people.ts";
import { seedOrganizations } from "../access/seed-organizations.ts";
import type { AuditActor, AuditEntry } from "../kernel/audit.ts";
import { createLog } from "../log.ts";

export interface TestPeople {
  people: People;
  /** What was audited, in order. */
  audited: { actor: AuditActor; entry: AuditEntry }[];
  /** How often a password was hashed or checked. */
  work: { hashes: number; checks: number };
  caller: Caller;
  /** Moves the real clock, as sign-in sees it. */
  pass(milliseconds: number): void;
  demoSignIn(on: boolean): void;
  remove(): void;
}

/** The real sign-in over a test database, with a clock that can be moved and an audit that can be read. */
export async function createTestPeople(
  database: Database,
  { demo = true, registrationOpen = false }: { demo?: boolean; registrationOpen?: boolean } = {},
): Promise<TestPeople> {
  const dataDir = mkdtempSync(join(tmpdir(), "co-people-"));
  const audited: TestPeople["audited"] = [];
  const work = { hashes: 0, checks: 0 };
  let passed = 0;
  let demoOn = demo;
  await seedOrganizations(database, demo);
  const people = createPeople({
    database,
    settings: { dataDir, demo, sessionKey: undefined, registrationOpen },
    audit: async (actor, entry) => {
      audited.push({ actor, entry });
    },
    log: createLog({ level: "error" }),
    secure: false,
    demoSignIn: async () => demoOn,
    realNow: () => new Date(Date.now() + passed),
    passwords: {
      hash(password) {
        work.hashes++;
        return argon2id.hash(password);
      },
      verify(input) {
        work.checks++;
        return argon2id.verify(input);
      },
    },
  });
  return {
    people,
    audited,
    work,
    caller: { address: "192.0.2.7", userAgent: "Test browser", source: "web" },
    pass(milliseconds) {
      passed += milliseconds;
    },
    demoSignIn(on) {
      demoOn = on;
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}
