import { readFileSync } from "node:fs";
import { join } from "node:path";

const template = readFileSync(join(import.meta.dirname, "instructions", "agent.md"), "utf8");

/** The model's instructions. The organization's name is single-line data, never markup of the template. */
export function createInstructions(facts: { organization: string; today: string }): string {
  const name = facts.organization.replace(/[\r\n{}]/g, " ").slice(0, 100);
  return template
    .replace("{{organization}}", () => name)
    .replace("{{today}}", () => facts.today)
    .replaceAll("\\{{", "{{");
}
