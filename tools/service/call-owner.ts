import { request } from "node:http";
import { createInterface } from "node:readline";
import type { Progress } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { AnswerLine, fromFailure, type RequestName } from "./protocol.ts";

/** The owner ended or let go before it answered. `started`: it may have begun the work. */
export class OwnerGone extends Error {
  readonly started: boolean;

  constructor(started: boolean, cause?: unknown) {
    super("the process that owns the data is gone", { cause });
    this.name = "OwnerGone";
    this.started = started;
  }
}

export interface CallOptions {
  socketPath: string;
  name: RequestName;
  body: unknown;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

const neverStarted = new Set(["ECONNREFUSED", "ENOENT"]);

/** Sends one request to the owner's socket; rejects with its AppError, or with OwnerGone. */
export function callOwner({ socketPath, name, body, signal, onProgress }: CallOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      if (signal?.aborted) reject(new AppError("unavailable", "The request was stopped."));
      else reject(new OwnerGone(!neverStarted.has((error as NodeJS.ErrnoException).code ?? ""), error));
    };
    const call = request(
      { socketPath, path: `/${name}`, method: "POST", agent: false, ...(signal ? { signal } : {}) },
      (response) => {
        const lines = createInterface({ input: response });
        response.on("error", fail);
        lines.on("line", (text) => {
          const line = parseLine(text);
          if (!line) return; // cut off in the middle: the end of the response tells
          if ("progress" in line) onProgress?.(line.progress);
          else if ("error" in line) reject(fromFailure(line.error));
          else if ("moved" in line) reject(new OwnerGone(false));
          else resolve(line.result);
        });
        // After a result or an error this changes nothing.
        response.on("close", () => fail(new Error("the answer was cut off")));
      },
    );
    call.on("error", fail);
    call.end(JSON.stringify(body));
  });
}

function parseLine(text: string): AnswerLine | undefined {
  try {
    return AnswerLine.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
