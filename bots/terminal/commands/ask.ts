import type { Answer } from "@cloudoptima/agent/answer.ts";
import { collectAnswer } from "@cloudoptima/agent/collect-answer.ts";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { reply } from "@cloudoptima/agent/reply.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { exitCodes } from "../exit-codes.ts";
import { renderAnswer } from "../render/render-answer.ts";
import { operator, type Terminal, untilDataIsReady } from "../terminal.ts";

/** One question, one answer; with `json` exactly one object of type Answer on stdout. */
export async function ask(
  terminal: Terminal,
  question: string,
  options: { json?: boolean; organization?: string },
): Promise<void> {
  if (question.trim() === "") {
    throw new AppError("invalid_input", "The question is empty.", {
      hint: 'For example: ask "What did we spend last month by service?"',
    });
  }
  const actor = await operator(terminal, options.organization);
  await untilDataIsReady(terminal);
  const service = await terminal.service();
  const answer = await collectAnswer(
    reply({
      service,
      model: selectModel(),
      actor,
      conversationId: null,
      message: question,
      source: "terminal",
      signal: terminal.signal,
    }),
  );
  terminal.progress.clear();
  terminal.print(options.json ? `${spelledJson(answer)}\n` : renderAnswer(answer, terminal.style));
  terminal.endWith(exitCodeOfAnswer(answer));
}

/** An answer that says there is no data, or no right to it, is an answer; a script must still notice. */
function exitCodeOfAnswer(answer: Answer): number {
  if (answer.figures.length > 0) return exitCodes.done;
  const errors = answer.toolCalls.map(({ output }) =>
    String((output as { error?: unknown } | null)?.error ?? ""),
  );
  if (errors.some((error) => error.startsWith("forbidden:"))) return exitCodes.refused;
  return errors.some((error) => error.startsWith("no_data:")) ? exitCodes.noData : exitCodes.done;
}
