import { checkFiles } from "@cloudoptima/tools/doctor/check-files.ts";
import type { Finding } from "@cloudoptima/tools/doctor/finding.ts";
import type { Installation } from "@cloudoptima/tools/doctor/inspect-installation.operation.ts";
import { judgeClock, judgeDatabase, judgeExtensions } from "@cloudoptima/tools/doctor/judge-database.ts";
import { judgePrices } from "@cloudoptima/tools/doctor/judge-prices.ts";
import { readToolsEnv } from "@cloudoptima/tools/env.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { plainText, singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { exitCodes } from "../exit-codes.ts";
import { call, operator, type Terminal } from "../terminal.ts";
import { checkClouds, checkFreshness } from "./doctor-clouds.ts";

/**
 * Says how this installation stands, line by line: state, what it means, what to do. Works beside the running
 * product (through its socket) and without it; exit code 1 when something does not work.
 */
export async function doctor(terminal: Terminal, options: { json?: boolean }): Promise<void> {
  const settings = readToolsEnv();
  const engine = settings.databaseUrl ? "server" : "embedded";
  const findings: Finding[] = [
    ...(await attempt("database", () => checkData(terminal, engine))),
    ...(await attempt("model", checkModel)),
    // A database server keeps the data; the folder then holds only keys, where the environment has none.
    ...(await attempt("files", async () => checkFiles(settings.dataDir))),
  ];
  const healthy = findings.every(({ state }) => state !== "fail");
  terminal.print(
    options.json
      ? `${spelledJson({ healthy, findings }, 2)}\n`
      : plainText(`${findings.map(describe).join("\n")}\n`),
  );
  if (!healthy) terminal.endWith(exitCodes.failed);
}

/** What the process that has the data knows; it is asked, or opened here. */
async function checkData(terminal: Terminal, engine: "embedded" | "server"): Promise<Finding[]> {
  const service = await terminal.service();
  const organizations = await service.organizations();
  const facts: Installation[] = [];
  const others: Finding[] = [];
  let checkedAt = new Date();
  for (const { name } of organizations) {
    const actor = await operator(terminal, name);
    const fact = (await call(terminal, actor, "inspect_installation", {})).output as Installation;
    facts.push(fact);
    checkedAt = new Date();
    others.push(await checkFreshness(terminal, actor), ...judgePrices(fact));
    others.push(...(await checkClouds(terminal, actor)));
  }
  const last = facts.at(-1);
  if (!last) return [];
  const costRowCount = facts.reduce((sum, fact) => sum + fact.costRowCount, 0);
  return [
    judgeDatabase(last, engine, costRowCount),
    ...judgeExtensions(last, engine),
    judgeClock(facts[0] ?? last, checkedAt),
    ...others,
  ];
}

async function checkModel(): Promise<Finding[]> {
  const { selectModel } = await import("@cloudoptima/agent/models/select-model.ts");
  const { label } = selectModel();
  const own = /analyst/i.test(label);
  return [
    {
      area: "model",
      state: "ok",
      says: singleLine(label),
      means: own
        ? "Questions are understood here, by rules, without any network."
        : "Questions and the figures for their answers go to this model, as this terminal's environment says.",
      advice: own ? "For free conversation set OPENAI_API_KEY, or OPENAI_BASE_URL and MODEL." : null,
    },
  ];
}

/** A check that cannot be made is a finding itself, and the others are still made. */
async function attempt(area: Finding["area"], check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    const { message, hint } = AppError.from(error);
    return [
      {
        area,
        state: "fail",
        says: singleLine(message),
        means: "It could not be checked.",
        advice: hint ?? null,
      },
    ];
  }
}

function describe({ area, state, says, means, advice }: Finding): string {
  const line = `${state.padEnd(4)} ${area.padEnd(10)} ${singleLine(says)}`;
  return [
    line,
    `${" ".repeat(16)}${singleLine(means)}`,
    advice && `${" ".repeat(16)}-> ${singleLine(advice)}`,
  ]
    .filter(Boolean)
    .join("\n");
}
