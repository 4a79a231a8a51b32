import { plainText, singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { textTable } from "../render/columns.ts";
import { operator, type Terminal } from "../terminal.ts";

/** What this installation runs on and how fresh each organization's data is. */
export async function doctor(terminal: Terminal): Promise<void> {
  const service = await terminal.service();
  const { selectModel } = await import("@cloudoptima/agent/models/select-model.ts");
  const facts = [
    ["node", process.version],
    ["data", service.mode === "owner" ? "opened by this command" : "served by the running CloudOptima"],
    ["model", singleLine(selectModel().label)],
    ["business time", service.now().toString()],
  ];
  for (const organization of await service.organizations()) {
    const actor = await operator(terminal, organization.name);
    const { output } = await service.invoke({
      actor,
      name: "get_data_freshness",
      input: {},
      source: "terminal",
      signal: terminal.signal,
    });
    facts.push([singleLine(organization.name), describeFreshness(output)]);
  }
  const columns = [
    { label: "", align: "left" as const },
    { label: "", align: "left" as const },
  ];
  const lines = textTable(columns, facts, terminal.style.width).slice(1);
  terminal.print(plainText(`${lines.join("\n")}\n`));
}

function describeFreshness(output: Record<string, unknown>): string {
  const freshness = (output.freshness ?? output) as { dataFrom?: string | null; dataUntil?: string | null };
  return freshness.dataUntil
    ? `cost from ${freshness.dataFrom} until ${freshness.dataUntil}`
    : "no cost data yet: import a file or scan a cloud";
}
