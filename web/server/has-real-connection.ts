import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { z } from "zod";

const Connections = z.object({ connections: z.array(z.object({ kind: z.string() })) });

/** Whether any organization is connected to a real cloud: then its data is not for whoever opens the page. */
export async function hasRealConnection(
  service: Pick<ToolService, "organizations" | "localActor" | "invoke">,
): Promise<boolean> {
  for (const { name } of await service.organizations()) {
    const actor = await service.localActor("local", name);
    const { output } = await service.invoke({ actor, name: "list_connections", input: {}, source: "web" });
    if (Connections.parse(output).connections.some(({ kind }) => kind === "azure")) return true;
  }
  return false;
}
