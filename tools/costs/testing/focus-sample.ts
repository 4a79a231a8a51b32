import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestOrganization, TestTools } from "../../testing/test-tools.ts";

/** The real FOCUS sample that the product ships: SunBird, September 2024. */
export const samplePath = join(import.meta.dirname, "../../../data/focus/focus_sample_1000.csv");

/** Its rows as text by column, read without our importer: the truth that answers are measured against. */
export function readSample(): Record<string, string>[] {
  const [header, ...records] = parseCsv(readFileSync(samplePath, "utf8"));
  return records.map((values) =>
    Object.fromEntries(
      header!.map((name, index) => [name, values[index] === "NULL" ? "" : (values[index] ?? "")]),
    ),
  );
}

/** Imports the sample as an operator would. */
export async function importSample(tools: TestTools, organization: TestOrganization): Promise<void> {
  await tools.invoke({
    actor: { ...tools.actor(organization), via: "local" },
    name: "import_focus",
    input: { path: samplePath },
    source: "terminal",
  });
}

function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    line.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (line.length > 1) lines.push(line);
    line = [];
  }
  return lines;
}
