import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import type { TestProject } from "vitest/node";
import { demoEnvironment } from "./product.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A data folder of the demo with all its data, that no process has open. */
    demoDataDir: string;
  }
}

/**
 * Loads the demo's data once for the whole run. Suites that begin with it copy the folder; chat.test.ts begins with
 * none, as a first start does.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "cloudoptima-demo-"));
  const env = { ...process.env, ...demoEnvironment(dataDir) };
  const service = await openToolService({ env, needOwner: true, waitForData: true });
  try {
    await service.dataReady();
  } finally {
    await service.close();
  }
  project.provide("demoDataDir", dataDir);
  return () => rm(dataDir, { recursive: true, force: true });
}
