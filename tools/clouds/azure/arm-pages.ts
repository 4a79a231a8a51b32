import { z } from "zod";
import type { ResourceManager } from "./resource-manager.ts";

/** Every item of a list of the Resource Manager; a next page is asked for only at our own endpoint. */
export async function readArmPages<Item>(
  resourceManager: ResourceManager,
  what: string,
  firstPath: string,
  item: z.ZodType<Item>,
  signal: AbortSignal,
): Promise<Item[]> {
  const Page = z.object({ value: z.array(item), nextLink: z.string().nullish() });
  const found: Item[] = [];
  let path: string | undefined = firstPath;
  while (path !== undefined) {
    const asked: string = path;
    const page: z.infer<typeof Page> = await resourceManager.read(
      what,
      firstPath.split("/")[2] ?? "",
      signal,
      async (abortSignal) =>
        Page.parse((await resourceManager.send({ method: "GET", path: asked }, abortSignal)).body),
    );
    found.push(...page.value);
    path = page.nextLink ? resourceManager.pathOf(page.nextLink) : undefined;
  }
  return found;
}
