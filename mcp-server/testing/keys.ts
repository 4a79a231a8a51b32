import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { GateWorld } from "@cloudoptima/tools/remediation/testing/gate-world.ts";

/** An API key as its owner makes it in the web. */
export async function makeKey(
  { tenant }: GateWorld,
  owner: Actor,
  role?: string,
): Promise<{ id: string; key: string }> {
  const { output } = await tenant.tools.invoke({
    actor: owner,
    name: "create_api_key",
    input: { name: "Assistant", ...(role ? { role } : {}) },
    source: "web",
  });
  return { id: (output.apiKey as { id: string }).id, key: output.key as string };
}

export const revokeKey = ({ tenant }: GateWorld, owner: Actor, id: string) =>
  tenant.tools.invoke({ actor: owner, name: "revoke_api_key", input: { id }, source: "web" });
