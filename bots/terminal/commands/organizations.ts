import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import type { Terminal } from "../terminal.ts";

/** Names of the organizations that --organization takes. */
export async function listOrganizations(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const organizations = await (await terminal.service()).organizations();
  terminal.print(
    options.json
      ? `${spelledJson(organizations, 2)}\n`
      : organizations.map(({ name, demo }) => `${singleLine(name)}${demo ? "  (demo)" : ""}\n`).join(""),
  );
}
