import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { chooseOrganization } from "@cloudoptima/tools/service/choose-organization.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";

/** Who a call acts as: asked before each, so that a revoked key and a changed role count at once. */
export type WhoActs = () => Promise<Actor>;

/** The person of the API key, or without one an assistant who sees what a viewer sees and may propose. */
export async function openSession(
  service: Pick<ToolService, "organizations" | "localActor" | "keyActor">,
  { apiKey, organization }: { apiKey: string | undefined; organization: string | undefined },
): Promise<WhoActs> {
  if (apiKey === undefined) {
    const chosen = chooseOrganization(await service.organizations(), organization);
    const assistant = await service.localActor("mcp", chosen.name);
    return async () => assistant;
  }
  return async () => {
    const actor = await service.keyActor(apiKey);
    if (!actor) {
      throw new AppError("unauthenticated", "The API key in CLOUDOPTIMA_API_KEY does not count (any more).", {
        hint: "It was revoked, has expired, or is another installation's. Make a new one on the Account page of the web.",
      });
    }
    if (organization && organization.trim().toLowerCase() !== actor.organizationName.toLowerCase()) {
      throw new AppError(
        "forbidden",
        `This API key is of ${singleLine(actor.organizationName)}, not of "${singleLine(organization)}".`,
        { hint: "Leave the organization out: the key names it." },
      );
    }
    return actor;
  };
}
