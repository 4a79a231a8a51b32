import { AppError } from "../../../kernel/errors.ts";
import type { Submitted } from "../../cloud-write.ts";
import { parseResourceId } from "../resource-id.ts";
import { armPath, type ResourceManager } from "../resource-manager.ts";
import { firstAnswer } from "./sdk-answer.ts";
import type { Submitter } from "./submitter.ts";

/** Starts or deallocates a virtual machine. One that is in that state already is no error in Azure. */
export async function setPower(
  resourceManager: ResourceManager,
  submitter: Submitter,
  id: string,
  verb: "start" | "deallocate",
  signal: AbortSignal,
): Promise<Submitted> {
  armPath(id);
  const { type, name, resourceGroup } = parseResourceId(id);
  if (type !== "microsoft.compute/virtualmachines" || !name || !resourceGroup) {
    throw new AppError("invalid_input", `Only a virtual machine can be asked to ${verb}.`, {
      details: { id },
    });
  }
  const subscriptionId = id.split("/")[2]!.toLowerCase();
  const { virtualMachines } = await resourceManager.compute(subscriptionId);
  return submitter.submit({
    what: `${verb} ${name}`,
    subscriptionId,
    kind: "write",
    resourcePath: null,
    signal,
    send: (abortSignal) =>
      firstAnswer((options) => virtualMachines[verb](resourceGroup, name, { ...options, abortSignal })),
  });
}
