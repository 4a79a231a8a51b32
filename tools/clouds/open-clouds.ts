import type { ConnectCloud } from "../kernel/create-context.ts";
import { AppError } from "../kernel/errors.ts";

export interface Clouds {
  connect: ConnectCloud;
  /** Ends what was started for them, such as the sandbox. */
  close(): Promise<void>;
}

/** The clouds of this process; each is opened at its first use. */
export function createClouds(_now: () => Temporal.Instant): Clouds {
  return {
    async connect() {
      throw new AppError("unavailable", "No cloud can be read yet.");
    },
    async close() {},
  };
}
