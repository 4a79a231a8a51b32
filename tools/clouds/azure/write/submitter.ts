import { z } from "zod";
import { AppError } from "../../../kernel/errors.ts";
import type { Submitted } from "../../cloud-write.ts";
import type { AzureCaller } from "../azure-caller.ts";
import type { AzureEndpoint } from "../azure-endpoint.ts";
import { statusOf } from "../azure-errors.ts";
import type { ResourceManager } from "../resource-manager.ts";
import { formatOperation, type Poll } from "./operation.ts";
import { toWriteError } from "./write-errors.ts";

/** The raw first answer to a write. */
export interface WriteAnswer {
  status: number;
  header(name: string): string | undefined;
  text: string;
}

interface Submission {
  /** Completes "Azure could not …". */
  what: string;
  subscriptionId: string;
  kind: "write" | "delete";
  /** Where to read the resource's provisioning state when Azure names no operation. */
  resourcePath: string | null;
  signal: AbortSignal;
  /** Sends the request once. */
  send(abortSignal: AbortSignal): Promise<WriteAnswer>;
}

const Provisioning = z.object({ properties: z.object({ provisioningState: z.string() }) });
/**
 * Whether the change is still wanted must be looked at again after a longer wait than this; so it is the caller who
 * waits (`details.retryAfterMs`).
 */
const longestWriteWaitMs = 5_000;
const settled = /^(succeeded|failed|canceled)$/i;

/**
 * Sends a write until Azure accepts or refuses it. An answer that got lost is sent again, which is safe because
 * every write names the wished state; where the second answer then cannot tell who did it, the error says that
 * the outcome is unknown (`details.outcome`) and the caller has to read the cloud.
 */
export class Submitter {
  readonly #endpoint: AzureEndpoint;
  readonly #caller: AzureCaller;
  readonly #resourceManager: ResourceManager;

  constructor(endpoint: AzureEndpoint, caller: AzureCaller, resourceManager: ResourceManager) {
    this.#endpoint = endpoint;
    this.#caller = caller;
    this.#resourceManager = resourceManager;
  }

  async submit(submission: Submission): Promise<Submitted> {
    return { operation: formatOperation(await this.polls(submission)) };
  }

  /** As `submit`, for a change that takes more than one write. */
  async polls(submission: Submission): Promise<Poll[]> {
    const { what, subscriptionId, kind, signal } = submission;
    const { resourceManagerWrites, resourceManagerDeletes } = this.#endpoint.quotas;
    let lostAnAnswer = false;
    try {
      const answer = await this.#caller.call({
        what,
        service: "resource manager",
        // Apart from reads: a write that keeps failing must not keep us from seeing how things stand.
        part: `write ${subscriptionId}`,
        spend: [
          {
            key: `arm ${kind} ${subscriptionId}`,
            windows: kind === "write" ? resourceManagerWrites : resourceManagerDeletes,
            units: 1,
          },
        ],
        timeoutMs: 60_000,
        longestWaitMs: longestWriteWaitMs,
        signal,
        toError: toWriteError,
        run: async (abortSignal) => {
          try {
            return await submission.send(abortSignal);
          } catch (error) {
            lostAnAnswer ||= mayHaveHappened(error);
            throw error;
          }
        },
      });
      return this.#pollsOf(answer, submission.resourcePath);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw lostAnAnswer ? outcomeUnknown(error, what) : refused(error);
    }
  }

  #pollsOf(answer: WriteAnswer, resourcePath: string | null): Poll[] {
    const status = answer.header("azure-asyncoperation") ?? answer.header("operation-location");
    if (status) return [{ kind: "status", path: this.#resourceManager.pathOf(status) }];
    const location = answer.header("location");
    if (answer.status === 202 && location) {
      return [{ kind: "location", path: this.#resourceManager.pathOf(location) }];
    }
    // Some providers answer 200 or 201 while they still work, and name no operation.
    const state = provisioningState(answer.text);
    return state && !settled.test(state) && resourcePath ? [{ kind: "resource", path: resourcePath }] : [];
  }
}

/** Everything but a clear refusal: no answer, a broken one, or an error of the server. */
function mayHaveHappened(error: unknown): boolean {
  if (error instanceof AppError) return false;
  const status = statusOf(error);
  return status === undefined || status < 400 || status === 408 || status >= 500;
}

/** Also what we did not even send, because Azure keeps failing. */
function refused(error: AppError): AppError {
  const { code, message, hint, details, cause } = error;
  return new AppError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    cause,
    details: { ...details, outcome: "refused" },
  });
}

function outcomeUnknown(error: AppError, what: string): AppError {
  return new AppError(
    "unavailable",
    `Azure's answer got lost when we tried to ${what}; it may have happened.`,
    {
      hint: "The resource itself shows whether it did; it is read before anything else is tried.",
      cause: error,
      details: { ...error.details, outcome: "unknown" },
    },
  );
}

function provisioningState(text: string): string | undefined {
  try {
    return Provisioning.safeParse(JSON.parse(text)).data?.properties.provisioningState;
  } catch {
    return undefined;
  }
}
