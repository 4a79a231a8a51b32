import type { OperationProgress } from "../../cloud-write.ts";
import { gateEstate } from "../../sandbox/testing/gate-estate.ts";
import { sandboxEndpoint } from "../sandbox-endpoint.ts";
import { openSandboxCloud, virtualPace } from "../testing.ts";
import { createAzureWrite } from "./azure-write.ts";

/** The gate's estate served over HTTPS, its read half, a write half, and a second one as another process has it. */
export async function openSandboxWrite() {
  const opened = await openSandboxCloud({ tenant: gateEstate() });
  const elsewhere = await sandboxEndpoint({ ...opened.sandbox, quotas: "raised" }, virtualPace());
  const write = createAzureWrite(opened.endpoint);
  const otherProcess = createAzureWrite(elsewhere);
  const signal = new AbortController().signal;

  /** Asks, as another process, until it is over; the number of times it was told to wait comes with it. */
  async function outcome(operation: string | null): Promise<{ last: OperationProgress; waits: number }> {
    if (operation === null) return { last: { state: "succeeded" }, waits: 0 };
    for (let waits = 0; waits < 100; waits++) {
      const last = await otherProcess.progress(operation, signal);
      if (last.state !== "running") return { last, waits };
    }
    throw new Error("The operation did not end in 100 looks.");
  }
  return { ...opened, write, otherProcess, outcome, signal };
}
