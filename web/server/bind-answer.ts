import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { reply } from "@cloudoptima/agent/reply.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { OpenAnswer } from "./chat-routes.ts";

/** `reply()` with the tools and the model that the environment chose. */
export function bindAnswer(service: ToolService): { openAnswer: OpenAnswer; modelLabel: string } {
  const model = selectModel();
  return {
    modelLabel: model.label,
    openAnswer: (request) => reply({ service, model, source: "web", ...request }),
  };
}
