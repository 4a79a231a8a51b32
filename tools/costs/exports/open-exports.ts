import type { ConnectionRow } from "@cloudoptima/db/queries/connections.ts";
import type { ExportFiles } from "../../clouds/export-files.ts";
import { costSourceOf } from "../../connections/cost-source.ts";
import { readToolsEnv } from "../../env.ts";
import type { ReadContext } from "../../kernel/context.ts";
import { folderFiles } from "./folder-files.ts";

/** The exports that a connection's costs come from; null where the cloud itself is asked. */
export async function openExports(
  ctx: Pick<ReadContext, "cloud">,
  connection: Pick<ConnectionRow, "id" | "name" | "settings">,
): Promise<ExportFiles | null> {
  const source = costSourceOf(connection);
  if (source.kind === "query") return null;
  if (source.kind === "folder") return openFolder(source.folder);
  return (await ctx.cloud(connection.id)).exportFiles(source);
}

/** A folder under the operator's directory. */
export function openFolder(folder: string): Promise<ExportFiles> {
  return folderFiles(readToolsEnv().costExportsDir, folder);
}
