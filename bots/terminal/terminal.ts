import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { InvokeResult } from "@cloudoptima/tools/kernel/invoke.ts";
import type { Product } from "@cloudoptima/tools/product.ts";
import { chooseOrganization } from "@cloudoptima/tools/service/choose-organization.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { ProgressLine } from "./progress-line.ts";
import type { Style } from "./style.ts";

/** What every command gets: the way out (stdout), progress (stderr), and the service, opened when first needed. */
export interface Terminal {
  style: Style;
  progress: ProgressLine;
  signal: AbortSignal;
  verbose: boolean;
  print(text: string): void;
  /** The exit code of a command that printed its result and yet did not get what was asked. */
  endWith(exitCode: number): void;
  service(): Promise<ToolService>;
  /** The same with what only people may do; for commands at which a person proves who they are. */
  product(): Promise<Product>;
}

/** The operator of this machine in the chosen organization. */
export async function operator(terminal: Terminal, organization: string | undefined): Promise<Actor> {
  const service = await terminal.service();
  const chosen = chooseOrganization(await service.organizations(), organization);
  return service.localActor("local", chosen.name);
}

/** Waits for the demo data of a first start, so that a question is not answered from half of it. */
export async function untilDataIsReady(terminal: Terminal): Promise<void> {
  const service = await terminal.service();
  await service.dataReady((progress) => terminal.progress.show(progress), terminal.signal);
  terminal.progress.clear();
}

/** Calls one tool or operation as the operator, showing its progress. */
export async function call(
  terminal: Terminal,
  actor: Actor,
  name: string,
  input: unknown,
): Promise<InvokeResult> {
  const service = await terminal.service();
  try {
    return await service.invoke({
      actor,
      name,
      input,
      source: "terminal",
      signal: terminal.signal,
      onProgress: (progress) => terminal.progress.show(progress),
    });
  } finally {
    terminal.progress.clear();
  }
}
