import { expect, test } from "vitest";
import { createCredentialVault } from "./credential-vault.ts";
import { keyIdOf } from "./envelope.ts";
import { readKeyVaultRing } from "./key-vault.ts";

const secretUrl = "https://contoso.vault.azure.net/secrets/cloudoptima";
const owner = { organizationId: "o-1", connectionId: "c-1" };
const principal = { azureCloud: "AzureCloud" as const, tenantId: "t", clientId: "c", clientSecret: "s" };

/** A vault that answers as the Key Vault REST reference says (secrets, versions, paging). */
function fakeVault(versions: { id: string; created: number; enabled: boolean; value: string }[]) {
  const state = {
    down: false,
    requests: [] as { url: string; authorization: string | null }[],
    scopes: [] as string[],
  };
  let time = 0;
  const answer = (url: URL): unknown => {
    const version = url.pathname.split("/")[3];
    if (version !== "versions") return { value: versions.find(({ id }) => id === version)!.value };
    const page = Number(url.searchParams.get("page") ?? 0);
    const one = versions[page]!;
    return {
      value: [{ id: `${secretUrl}/${one.id}`, attributes: { enabled: one.enabled, created: one.created } }],
      nextLink: page + 1 < versions.length ? `${secretUrl}/versions?api-version=7.4&page=${page + 1}` : null,
    };
  };
  const readRing = readKeyVaultRing({
    secretUrl,
    now: () => time,
    credential: {
      async getToken(scopes) {
        state.scopes.push(String(scopes));
        return { token: "the-token", expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
      },
    },
    fetch: async (input, init) => {
      const url = new URL(String(input));
      state.requests.push({ url: url.href, authorization: new Headers(init?.headers).get("authorization") });
      if (state.down) return new Response("{}", { status: 503 });
      return Response.json(answer(url));
    },
  });
  return {
    state,
    vault: createCredentialVault(readRing),
    pass: (minutes: number) => (time += minutes * 60_000),
  };
}
const version = (id: string, created: number, enabled = true) => ({
  id,
  created,
  enabled,
  value: `${id} `.padEnd(40, "x"),
});

test("the newest enabled version writes, older enabled ones are read, disabled ones are not", async () => {
  const versions = [version("one", 1), version("off", 9, false)];
  const { state, vault, pass } = fakeVault(versions);
  const sealed = await vault.seal(owner, principal);
  versions.push(version("two", 5));
  expect((await vault.describe()).keyIds).toHaveLength(1);
  pass(6);
  expect((await vault.describe()).keyIds).toHaveLength(2);
  expect(await vault.open(owner, sealed)).toEqual(principal);
  const resealed = (await vault.reseal(owner, sealed))!;
  expect(keyIdOf(resealed)).toBe((await vault.describe()).keyIds[0]);
  expect(new Set(state.scopes)).toEqual(new Set(["https://vault.azure.net/.default"]));
  expect(state.requests.every(({ authorization }) => authorization === "Bearer the-token")).toBe(true);
});

test("a vault that is away keeps the keys that were read, and says so where there are none", async () => {
  const { state, vault, pass } = fakeVault([version("one", 1)]);
  state.down = true;
  await expect(vault.seal(owner, principal)).rejects.toMatchObject({
    code: "unavailable",
    hint: expect.stringContaining("CLOUDOPTIMA_CREDENTIALS_KEY_VAULT"),
  });
  state.down = false;
  const sealed = await vault.seal(owner, principal);
  state.down = true;
  pass(60);
  expect(await vault.open(owner, sealed)).toEqual(principal);
});

test("a link to another server is not followed: the token stays with the vault", async () => {
  const sent: string[] = [];
  const readRing = readKeyVaultRing({
    secretUrl,
    credential: { getToken: async () => ({ token: "t", expiresOnTimestamp: 0 }) },
    fetch: async (input) => {
      sent.push(String(input));
      return Response.json({ value: [], nextLink: "https://evil.example/secrets" });
    },
  });
  await expect(readRing()).rejects.toThrow("pointed to another server");
  expect(sent).toHaveLength(1);
});
