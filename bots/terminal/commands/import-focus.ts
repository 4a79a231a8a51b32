import { resolve } from "node:path";
import { formatCount, formatMoney } from "@cloudoptima/tools/kernel/format-value.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { callersFolder } from "../../env.ts";
import { call, operator, type Terminal } from "../terminal.ts";

/** What the import tells; exact totals of the file, proven equal to what was stored. */
interface ImportOutput {
  rowCount: number;
  alreadyLoaded: boolean;
  totals: { currency: string; billed: string; effective: string }[];
  note: string | null;
}

/** Loads one FOCUS file. The path goes to the process that owns the data, so it is made absolute here. */
export async function importFocus(
  terminal: Terminal,
  file: string,
  options: { organization?: string; connection?: string },
): Promise<void> {
  const actor = await operator(terminal, options.organization);
  const { output } = await call(terminal, actor, "import_focus", {
    path: resolve(callersFolder(), file),
    ...(options.connection === undefined ? {} : { connectionName: options.connection }),
  });
  terminal.print(`${describeImport(output as unknown as ImportOutput, file, actor.organizationName)}\n`);
}

function describeImport(output: ImportOutput, file: string, organizationName: string): string {
  const note = output.note ? `\n${output.note}` : "";
  const rows = `${output.rowCount === 1 ? "one row" : `${formatCount(output.rowCount)} rows`} of ${singleLine(file)}`;
  const organization = singleLine(organizationName);
  if (output.alreadyLoaded) return `${rows} are already in ${organization}; nothing changed.${note}`;
  const totals = output.totals.map(
    ({ currency, effective, billed }) =>
      `${formatMoney(effective, currency)} effective, ${formatMoney(billed, currency)} billed`,
  );
  return `${rows} loaded into ${organization}: ${totals.join("; ") || "no cost"}.${note}`;
}
