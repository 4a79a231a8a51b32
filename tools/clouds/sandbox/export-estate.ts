import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateTenant } from "./generate/generate-tenant.ts";
import { makeTruth } from "./truth.ts";

/** Writes tenant.json and truth.json of a generated estate; returns their paths. */
export async function exportEstate(options: {
  seed: string;
  resources: number;
  days: number;
  now: Temporal.Instant;
  directory: string;
}): Promise<string[]> {
  const { tenant, plants } = generateTenant(options);
  const truth = makeTruth(tenant, plants, options.now);
  await mkdir(options.directory, { recursive: true });
  const files = [
    { path: join(options.directory, "tenant.json"), content: tenant },
    { path: join(options.directory, "truth.json"), content: truth },
  ];
  for (const { path, content } of files) await writeFile(path, `${JSON.stringify(content, null, 1)}\n`);
  return files.map(({ path }) => path);
}
