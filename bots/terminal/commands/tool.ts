import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { call, operator, type Terminal, untilDataIsReady } from "../terminal.ts";

/** Calls one tool with JSON input and prints its output as JSON. */
export async function callTool(
  terminal: Terminal,
  name: string,
  options: { input: string; organization?: string },
): Promise<void> {
  const input = parseInput(options.input);
  const actor = await operator(terminal, options.organization);
  const service = await terminal.service();
  const tool = service.registry.tools.find((known) => known.name === name);
  if (!tool) {
    throw new AppError("not_found", `There is no tool named "${name}".`, {
      hint: `There are: ${service.registry.tools.map((tool) => tool.name).join(", ")}.`,
    });
  }
  await untilDataIsReady(terminal);
  const { output } = await call(terminal, actor, name, input);
  terminal.print(`${spelledJson(output, 2)}\n`);
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", `--input is not JSON: ${(error as Error).message}.`, {
      hint: `Quote it for your shell, for example --input '{"period":{"words":"last month"}}'.`,
      cause: error,
    });
  }
}
