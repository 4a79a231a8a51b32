import { cp } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";

/**
 * Puts a migrated database into a data folder that has none. A first start would make the same, in five seconds of
 * processor time: open-service.test.ts and the browser tests begin with nothing.
 */
export async function putDatabase(dataDir: string): Promise<void> {
  await cp(inject("embeddedTemplateDir"), join(dataDir, "database"), { recursive: true });
}
