import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer } from "@cloudoptima/agent/answer.ts";
import { collectAnswer } from "@cloudoptima/agent/collect-answer.ts";
import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { reply } from "@cloudoptima/agent/reply.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";

/** The business clock of every eval: the sandbox's history ends the day before. */
export const evalNow = "2026-10-14T09:00:00Z";

/** A data folder of its own with the demo's two organizations, as a first start makes it. */
export interface World {
  dataDir: string;
  open(log: (message: string) => void): Promise<ToolService>;
  remove(): Promise<void>;
}

/** `kept`: a folder of an earlier run, to be used again and left there. */
export async function createWorld(kept?: string): Promise<World> {
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), "co-evals-")));
  // The embedded database and the built-in analyst, whatever this machine's environment says.
  const env: NodeJS.ProcessEnv = {
    CLOUDOPTIMA_DATA_DIR: dataDir,
    CLOUDOPTIMA_NOW: evalNow,
    CLOUDOPTIMA_DEMO: "1",
  };
  return {
    dataDir,
    open: (log) =>
      openToolService({ env, logLevel: "error", onProgress: (progress) => log(progress.message) }),
    remove: async () => {
      if (!kept) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Asks the questions in turn as one conversation and gives the last answer. */
export async function converse(
  service: ToolService,
  actor: Actor,
  questions: readonly string[],
  model: AgentModel = selectModel(),
): Promise<Answer> {
  const conversationId = questions.length > 1 ? await startConversation(service, actor) : null;
  let answer: Answer | undefined;
  for (const message of questions) {
    answer = await collectAnswer(
      reply({ service, model, actor, conversationId, message, source: "terminal" }),
    );
  }
  if (!answer) throw new Error("There was no question.");
  return answer;
}

async function startConversation(service: ToolService, actor: Actor): Promise<string> {
  const { output } = await service.invoke({
    actor,
    name: "create_conversation",
    input: {},
    source: "terminal",
  });
  return String(output.id ?? (output.conversation as { id: string }).id);
}
