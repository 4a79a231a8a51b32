import type { AgentModel } from "@cloudoptima/agent/models/agent-model.ts";
import { reply } from "@cloudoptima/agent/reply.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { OpenAnswer } from "./chat-routes.ts";

/** `reply()` with the tools and the model that answer. */
export function bindAnswer(service: ToolService, model: AgentModel): OpenAnswer {
  return (request) => reply({ service, model, source: "web", ...request });
}
