import { Command } from "commander";
import type { Terminal } from "./terminal.ts";

export interface GlobalOptions {
  verbose?: boolean;
}

/** The commands; each loads its own code only when it runs, so that help and mistakes answer at once. */
export function createProgram(terminalFor: (options: GlobalOptions) => Terminal): Command {
  const program = new Command("cloudoptima")
    .description("Ask about cloud cost, and get figures that are proven.")
    .option("--verbose", "show logs and the whole error on stderr")
    .configureOutput({
      // A mistake is one line on stderr, like every other error.
      outputError: (text, write) =>
        write(`${text.replace(/^error: /, "").trim()}. See: npm run cloudoptima -- --help\n`),
    })
    .exitOverride();
  const terminal = () => terminalFor(program.opts<GlobalOptions>());
  const organization = ["--organization <name>", "which organization (see: organizations)"] as const;

  const importing = program.command("import").description("load files of cost data");
  importing
    .command("focus")
    .description(
      "load a FOCUS 1.0-1.4 file (.csv, .csv.gz, .parquet) or a folder with the parts of one export",
    )
    .argument("<file>")
    .option(...organization)
    .option("--connection <name>", "keep the costs under this connection's name")
    .action(async (file, options) =>
      (await import("./commands/import-focus.ts")).importFocus(terminal(), file, options),
    );
  program
    .command("cost-folder")
    .description("read a connection's costs from exports in a folder under CLOUDOPTIMA_COST_EXPORTS")
    .argument("<connection>")
    .argument("<folder>")
    .option(...organization)
    .action(async (connection, folder, options) =>
      (await import("./commands/cost-folder.ts")).chooseCostFolder(terminal(), connection, folder, options),
    );
  program
    .command("ask")
    .description("answer a question about cost, resources and savings")
    .argument("<question...>")
    .option("--json", "print one JSON object: answer, figures with their sources, tool calls, views, model")
    .option(...organization)
    .action(async (words: string[], options) =>
      (await import("./commands/ask.ts")).ask(terminal(), words.join(" "), options),
    );
  program
    .command("tool")
    .description("call one tool and print its output as JSON")
    .argument("<name>")
    .option("--input <json>", "the tool's input", "{}")
    .option(...organization)
    .action(async (name, options) =>
      (await import("./commands/tool.ts")).callTool(terminal(), name, options),
    );
  program
    .command("tools")
    .description("list the tools")
    .option("--json", "with input schemas")
    .action(async (options) => (await import("./commands/tools.ts")).listTools(terminal(), options));
  program
    .command("scan")
    .description("read resources, costs and metrics of the connected clouds")
    .option(...organization)
    .action(async (options) => (await import("./commands/scan.ts")).scan(terminal(), options));
  program
    .command("approvals")
    .description("what waits for approval, or one proposal whole")
    .argument("[id]")
    .option("--all", "also what was decided or done")
    .option("--json", "as JSON")
    .option(...organization)
    .action(async (id, options) =>
      (await import("./commands/approvals.ts")).listApprovals(terminal(), id, options),
    );
  const email = ["--email <address>", "whose password will be given"] as const;
  const decision = (name: "approve" | "reject" | "rollback", description: string) =>
    program
      .command(name)
      .description(`${description}; asks for your password on the terminal itself`)
      .argument("<id>")
      .option(...email)
      .option(...organization);
  decision("approve", "approve exactly the plan that is shown").action(async (id, options) => {
    const { approve, requireId } = await import("./commands/decide.ts");
    await approve(terminal(), requireId(id), options);
  });
  decision("reject", "reject a proposal")
    .option("--reason <text>", "why; kept with the decision")
    .action(async (id, options) => {
      const { reject, requireId } = await import("./commands/decide.ts");
      await reject(terminal(), requireId(id), options);
    });
  decision("rollback", "undo a change that was done").action(async (id, options) => {
    const { requireId, rollback } = await import("./commands/decide.ts");
    await rollback(terminal(), requireId(id), options);
  });
  program
    .command("organizations")
    .description("list the organizations")
    .option("--json", "as JSON")
    .action(async (options) =>
      (await import("./commands/organizations.ts")).listOrganizations(terminal(), options),
    );
  program
    .command("audit")
    .description("the audit log")
    .command("verify")
    .description("check that nothing in the audit log was changed, removed, reordered or cut off")
    .option(...organization)
    .option("--json", "as JSON")
    .action(async (options) => (await import("./commands/audit.ts")).verifyAudit(terminal(), options));
  program
    .command("doctor")
    .description("check database, model, clouds, clock, disk and keys: what each means and what to do")
    .option("--json", "as JSON")
    .action(async (options) => (await import("./commands/doctor.ts")).doctor(terminal(), options));
  program
    .command("credentials")
    .description("the keys that encrypt stored cloud credentials")
    .command("rotate")
    .description(
      "make a new key (in the data folder) and encrypt all credentials anew, while everything runs",
    )
    .option("--json", "as JSON")
    .action(async (options) =>
      (await import("./commands/credentials.ts")).rotateCredentials(terminal(), options),
    );
  return program;
}
