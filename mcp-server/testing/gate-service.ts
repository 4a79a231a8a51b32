import type { Database } from "@cloudoptima/db/client.ts";
import { createKeyLogin } from "@cloudoptima/tools/access/key-login.ts";
import { createLog } from "@cloudoptima/tools/log.ts";
import type { GateWorld } from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { createTestService } from "@cloudoptima/tools/testing/test-service.ts";

export const webAddress = "http://127.0.0.1:4321";

/** A gate world as the process that has the data gives it to its faces: real keys, real tools. */
export function serviceOfGateWorld(database: Database, { tenant }: GateWorld): ToolService {
  const { tools, actor } = tenant;
  return {
    ...createTestService(tools, { actor, now: "2026-10-14T09:30:00Z" }),
    keyActor: createKeyLogin({
      database,
      settings: { dataDir: "", demo: true, sessionKey: "k".repeat(32) },
      audit: tools.audit.record,
      log: createLog({ level: "error" }),
    }),
    address: async () => webAddress,
  };
}
