import { findConnection } from "@cloudoptima/db/queries/connections.ts";
import type { ConnectCloud } from "../kernel/create-context.ts";
import { createConnectCloud } from "./connect.ts";
import { type SandboxThread, startSandboxThread } from "./sandbox-thread.ts";

export interface Clouds {
  connect: ConnectCloud;
  /** Ends the sandbox, if one was started. */
  close(): Promise<void>;
}

/** The clouds of this process. The sandbox starts when a connection to it is first opened. */
export function openClouds(fixedNow: Temporal.Instant | undefined): Clouds {
  let starting: Promise<SandboxThread> | undefined;
  let sandbox: SandboxThread | undefined;
  const connectCloud = createConnectCloud({ sandbox: () => sandbox });

  async function startSandbox(): Promise<void> {
    starting ??= startSandboxThread(fixedNow);
    try {
      sandbox = await starting;
    } catch (error) {
      starting = undefined;
      throw error;
    }
  }

  return {
    async connect(request) {
      const connection = await request.read((transaction) =>
        findConnection(transaction, request.connectionId),
      );
      if (connection?.kind === "sandbox") await startSandbox();
      return connectCloud(request);
    },
    async close() {
      const thread = await starting?.catch(() => undefined);
      await thread?.close();
    },
  };
}
