import type { Tool } from "@cloudoptima/tools/kernel/define-tool.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { z } from "zod";
import { textTable } from "../render/columns.ts";
import type { Terminal } from "../terminal.ts";

/** What scripts and assistants need to call the tools; the schema is what a caller may send (defaults optional). */
function toolSummary(tool: Tool) {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    effect: tool.effect,
    permission: tool.permission,
    inputSchema: z.toJSONSchema(tool.input, { io: "input" }),
  };
}

/** Needs no data, so it works beside any other process and without a data folder. */
export async function listTools(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const { registry } = await import("@cloudoptima/tools/registry.gen.ts");
  if (options.json) {
    terminal.print(`${spelledJson(registry.tools.map(toolSummary), 2)}\n`);
    return;
  }
  const columns = ["name", "effect", "permission", "title"].map((label) => ({
    label,
    align: "left" as const,
  }));
  const rows = registry.tools.map((tool) => [tool.name, tool.effect, tool.permission, tool.title]);
  terminal.print(`${textTable(columns, rows, terminal.style.width).join("\n")}\n`);
}
