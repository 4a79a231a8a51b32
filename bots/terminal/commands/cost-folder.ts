import { formatCount } from "@cloudoptima/tools/kernel/format-value.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { call, operator, type Terminal } from "../terminal.ts";

/** Reads a connection's costs from exports in a folder under CLOUDOPTIMA_COST_EXPORTS, from the next scan on. */
export async function chooseCostFolder(
  terminal: Terminal,
  connectionName: string,
  folder: string,
  options: { organization?: string },
): Promise<void> {
  const actor = await operator(terminal, options.organization);
  const { output } = await call(terminal, actor, "set_cost_folder", { connectionName, folder });
  const { connectionName: name, fileCount } = output as { connectionName: string; fileCount: number };
  terminal.print(
    `${singleLine(name)} reads its costs from the exports in ${singleLine(folder)} (${formatCount(fileCount)} files) at the next scan.\n`,
  );
}
