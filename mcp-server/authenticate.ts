import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";

/**
 * Who an HTTP request acts as: the person of the API key in `Authorization: Bearer co_...`, read anew each time, so
 * that a revoked key and a changed role count at the next request. A browser's cookie is not looked at: it is sent
 * along by itself, also when another site's page asks.
 */
export async function authenticate(
  service: Pick<ToolService, "keyActor">,
  authorization: string | undefined,
): Promise<Actor> {
  if (authorization === undefined) {
    throw new AppError("unauthenticated", "An API key is needed.", { hint: howToSend });
  }
  const key = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
  const actor = key === undefined ? null : await service.keyActor(key);
  if (actor) return actor;
  throw new AppError("unauthenticated", "This API key does not count (any more).", {
    hint: `It was revoked, has expired, or is another installation's. ${howToSend}`,
  });
}

const howToSend =
  'Make a key on the Account page of the web, and send it as the header "Authorization: Bearer co_...".';
