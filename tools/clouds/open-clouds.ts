import type { CredentialVault } from "../connections/credentials/credential-vault.ts";
import type { ConnectCloud } from "../kernel/create-context.ts";
import type { SandboxAccess } from "./azure/sandbox-endpoint.ts";
import { createConnectCloud } from "./connect.ts";
import { type SandboxThread, startSandboxThread } from "./sandbox-thread.ts";

export interface Clouds {
  connect: ConnectCloud;
  /** The one sandbox of this process, started when it is first asked for; whoever writes to it passes this on. */
  sandbox(): Promise<SandboxAccess>;
  /** Ends the sandbox, if one was started. */
  close(): Promise<void>;
}

/** The clouds of this process. The sandbox starts when a connection to it is first opened. */
export function openClouds(fixedNow: Temporal.Instant | undefined, vault: CredentialVault): Clouds {
  let starting: Promise<SandboxThread> | undefined;

  function sandbox(): Promise<SandboxThread> {
    if (starting) return starting;
    const started = startSandboxThread(fixedNow);
    starting = started;
    // A failed start is forgotten, so that the next call tries again.
    started.catch(() => {
      starting = undefined;
    });
    return started;
  }

  return {
    connect: createConnectCloud({ sandbox, vault }),
    sandbox,
    async close() {
      const thread = await starting?.catch(() => undefined);
      await thread?.close();
    },
  };
}
