import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createSessions } from "./session.ts";

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "cloudoptima-session-"));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const session = { userId: "u1", organizationId: "o1" };
const cookieOf = (header: string) => header.split(";")[0]!;

describe("createSessions", () => {
  test("a started session is read again, also by a later process with the same data folder", async () => {
    const folder = newFolder();
    const header = await createSessions(folder, false).start(session);
    expect(header).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    expect(await createSessions(folder, false).read(`other=1; ${cookieOf(header)}`)).toEqual(session);
    expect(statSync(join(folder, "session.key")).mode & 0o777).toBe(0o600);
  });

  test("a cookie that was altered, signed elsewhere, unsigned or missing is nobody's", async () => {
    const sessions = createSessions(newFolder(), false);
    const cookie = cookieOf(await sessions.start(session));
    const [name, token] = cookie.split("=") as [string, string];
    const [header, payload, signature] = token.split(".") as [string, string, string];
    const forged = Buffer.from(JSON.stringify({ ...session, sub: "u2", organizationId: "o2" })).toString(
      "base64url",
    );
    const unsigned = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    for (const bad of [`${header}.${forged}.${signature}`, `${unsigned}.${payload}.`, "rubbish", ""]) {
      expect(await sessions.read(`${name}=${bad}`)).toBeNull();
    }
    expect(await sessions.read(undefined)).toBeNull();
    expect(await createSessions(newFolder(), false).read(cookie)).toBeNull();
  });

  test("behind https the cookie is Secure", async () => {
    expect(await createSessions(newFolder(), true).start(session)).toContain("; Secure");
  });
});
