import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { TestEngine } from "./engines.ts";
import { createServerDatabase } from "./engines.ts";
import type { DatabasePlace } from "./open-place.ts";

/** A migrated database that nobody has open: for tests of processes that open it themselves. */
export async function makePlace(
  engine: TestEngine["name"],
): Promise<{ place: DatabasePlace; remove(): Promise<void> }> {
  if (engine === "server") {
    const { url, remove } = await createServerDatabase(inject("serverTemplateUrl"));
    return { place: { url }, remove };
  }
  const folder = await mkdtemp(join(tmpdir(), "co-place-"));
  const filesDir = join(folder, "database");
  await cp(inject("embeddedTemplateDir"), filesDir, { recursive: true });
  return { place: { filesDir }, remove: () => rm(folder, { recursive: true, force: true }) };
}
