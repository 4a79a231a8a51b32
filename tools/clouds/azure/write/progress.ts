import { isRestError } from "@azure/core-rest-pipeline";
import { z } from "zod";
import { AppError } from "../../../kernel/errors.ts";
import type { OperationProgress } from "../../cloud-write.ts";
import { classifyFailure, codeOf, messageOf, statusOf } from "../azure-errors.ts";
import type { ArmResponse, ResourceManager } from "../resource-manager.ts";
import { retryAfterMs } from "../retry-after.ts";
import { type Poll, parseOperation } from "./operation.ts";

const AzureFailure = z.object({ code: z.string().catch("Failed"), message: z.string().catch("") });
const Status = z.object({ status: z.string(), error: AzureFailure.nullish().catch(null) });
const Provisioning = z.object({ properties: z.object({ provisioningState: z.string() }) });

/** Asks Azure once how an operation goes, whichever process submitted it. */
export async function readProgress(
  resourceManager: ResourceManager,
  operation: string,
  signal: AbortSignal,
): Promise<OperationProgress> {
  const all: OperationProgress[] = [];
  for (const poll of parseOperation(operation)) all.push(await askOnce(resourceManager, poll, signal));
  const failed = all.find(({ state }) => state === "failed");
  if (failed) return failed;
  const running = all.filter((progress) => progress.state === "running");
  if (running.length === 0) return { state: "succeeded" };
  const waits = running.flatMap(({ retryAfterMs: wait }) => (wait === null ? [] : [wait]));
  return { state: "running", retryAfterMs: waits.length > 0 ? Math.max(...waits) : null };
}

async function askOnce(
  resourceManager: ResourceManager,
  poll: Poll,
  signal: AbortSignal,
): Promise<OperationProgress> {
  return resourceManager.read(
    "tell how a change goes",
    poll.path.split("/")[2] ?? "",
    signal,
    async (abortSignal) => {
      try {
        return interpret(
          poll.kind,
          await resourceManager.send({ method: "GET", path: poll.path }, abortSignal),
        );
      } catch (error) {
        // A failed operation may answer at its Location with the failure itself.
        if (!isRestError(error) || classifyFailure(error).kind !== "final") throw error;
        if (statusOf(error) === 401 || statusOf(error) === 403) throw error;
        if (statusOf(error) === 404 && poll.kind !== "resource") throw forgotten(error);
        return { state: "failed" as const, code: codeOf(error) || "Failed", message: messageOf(error) };
      }
    },
  );
}

function interpret(kind: Poll["kind"], { status, headers, body }: ArmResponse): OperationProgress {
  const running = { state: "running", retryAfterMs: retryAfterMs(headers, Date.now()) } as const;
  if (kind === "location") return status === 202 ? running : { state: "succeeded" };
  const state =
    kind === "status"
      ? Status.parse(body).status
      : Provisioning.safeParse(body).data?.properties.provisioningState;
  // A resource without a provisioning state is there: that is all it can say.
  if (state === undefined || /^succeeded$/i.test(state)) return { state: "succeeded" };
  if (!/^(failed|canceled)$/i.test(state)) return running;
  const error = kind === "status" ? Status.parse(body).error : null;
  return { state: "failed", code: error?.code ?? state, message: error?.message ?? "" };
}

function forgotten(cause: unknown): AppError {
  return new AppError("not_found", "Azure no longer knows this operation.", {
    hint: "The resource itself shows whether the change happened.",
    cause,
  });
}
