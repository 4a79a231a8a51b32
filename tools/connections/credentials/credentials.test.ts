import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { keyIdOf, openSecret, sealSecret } from "./envelope.ts";
import { addKeyToFile, keyFileOf } from "./key-file.ts";
import { makeKeyRing } from "./key-ring.ts";
import { openCredentialVault } from "./open-credential-vault.ts";

const ring = (...texts: string[]) => makeKeyRing("environment", texts);
const one = ring("one key of at least 32 characters").keys[0];
const other = ring("another key of at least 32 characters").keys[0];
const owner = { organizationId: "o-1", connectionId: "c-1" };
const principal = {
  azureCloud: "AzureCloud" as const,
  tenantId: "contoso.example",
  clientId: "c",
  clientSecret: "s",
};

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "co-keys-"));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

test("what is sealed opens with its key for its owner, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const sealed = sealSecret(one, owner, text.toWellFormed());
      expect(keyIdOf(sealed)).toBe(one.id);
      expect(openSecret(one, owner, sealed)).toBe(text.toWellFormed());
    }),
    { numRuns: 50 },
  );
});

test("each envelope has a nonce of its own: the same secret twice is not the same text", () => {
  const sealed = Array.from({ length: 200 }, () => sealSecret(one, owner, "secret"));
  expect(new Set(sealed.map((envelope) => envelope.split(".")[2])).size).toBe(200);
});

test("any change of the envelope, another owner or another key opens nothing", () => {
  const sealed = sealSecret(one, owner, "the secret");
  const [version, id, nonce = "", body = ""] = sealed.split(".");
  for (let index = 0; index < Buffer.from(body, "base64url").length; index++) {
    const bytes = Buffer.from(body, "base64url");
    bytes[index]! ^= 1;
    const changed = [version, id, nonce, bytes.toString("base64url")].join(".");
    expect(() => openSecret(one, owner, changed)).toThrow("were changed or are not its own");
  }
  const short = [version, id, nonce, Buffer.from(body, "base64url").subarray(0, 8).toString("base64url")];
  expect(() => openSecret(one, owner, short.join("."))).toThrow("were changed");
  expect(() => openSecret(one, { ...owner, connectionId: "c-2" }, sealed)).toThrow("were changed");
  expect(() => openSecret(one, { ...owner, organizationId: "o-2" }, sealed)).toThrow("were changed");
  expect(() => openSecret({ ...other, id: one.id }, owner, sealed)).toThrow("were changed");
});

test("a key that is too short is refused with how to make one", () => {
  expect(() => ring("short")).toThrow("at least 32 characters");
});

test("the data folder's key is made once, for this user alone, and a new one keeps the old readable", async () => {
  const dataDir = folder();
  const vault = openCredentialVault({ credentialsKey: undefined, dataDir });
  const sealed = await vault.seal(owner, principal);
  expect(statSync(keyFileOf(dataDir)).mode & 0o777).toBe(0o600);
  addKeyToFile(keyFileOf(dataDir));
  expect(statSync(keyFileOf(dataDir)).mode & 0o777).toBe(0o600);
  expect(readFileSync(keyFileOf(dataDir), "utf8").trim().split("\n")).toHaveLength(2);
  // The running vault sees the new key at once: no restart, no downtime.
  expect(await vault.open(owner, sealed)).toEqual(principal);
  const resealed = (await vault.reseal(owner, sealed))!;
  expect(keyIdOf(resealed)).toBe((await vault.describe()).keyIds[0]);
  expect(keyIdOf(resealed)).not.toBe(keyIdOf(sealed));
  expect(await vault.reseal(owner, resealed)).toBeNull();
});

test("another installation's folder opens nothing, and says which key is needed", async () => {
  const here = openCredentialVault({ credentialsKey: undefined, dataDir: folder() });
  const there = openCredentialVault({ credentialsKey: undefined, dataDir: folder() });
  const sealed = await here.seal(owner, principal);
  await expect(there.open(owner, sealed)).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("a key that this installation does not have"),
    details: { neededKey: keyIdOf(sealed) },
  });
});

test("keys of the environment: the first writes, all of them read", async () => {
  const [first, second] = ["a".repeat(32), "b".repeat(32)];
  const before = openCredentialVault({ credentialsKey: first, dataDir: "/nowhere" });
  const after = openCredentialVault({ credentialsKey: `${second}, ${first}`, dataDir: "/nowhere" });
  const sealed = await before.seal(owner, principal);
  expect(await after.open(owner, sealed)).toEqual(principal);
  const resealed = (await after.reseal(owner, sealed))!;
  await expect(before.open(owner, resealed)).rejects.toMatchObject({ code: "unavailable" });
});
