import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer } from "@cloudoptima/agent/answer.ts";
import { startOpenAiServer } from "@cloudoptima/agent/testing/openai-server.ts";
import { putDatabase } from "@cloudoptima/db/testing/put-database.ts";
import { generateFocus } from "@cloudoptima/tools/costs/import/generate-focus.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import { readOwnerRecord } from "@cloudoptima/tools/service/owner-record.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const main = join(import.meta.dirname, "main.ts");
const sample = "data/focus/focus_sample_1000.csv";
let folder: string;
let env: NodeJS.ProcessEnv;

function start(parameters: readonly string[], more: NodeJS.ProcessEnv = {}, cwd = root): ChildProcess {
  return spawn(process.execPath, [main, ...parameters], { cwd, env: { ...env, ...more } });
}

/** One real command line, to its end. */
async function terminal(parameters: readonly string[], more: NodeJS.ProcessEnv = {}, cwd = root) {
  const child = start(parameters, more, cwd);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
      output[name] += chunk;
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...output };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "co-terminal-"));
  env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    CLOUDOPTIMA_DATA_DIR: join(folder, "data"),
    CLOUDOPTIMA_DEMO: "0",
    CLOUDOPTIMA_NOW: "2026-10-14T09:00:00Z",
  };
  await putDatabase(join(folder, "data"));
  await (await openToolService({ env, logLevel: "error" })).close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the terminal", () => {
  // Generous: ten real processes one after the other on a busy machine.
  it("says that there is no data with exit code 4, and what is wrong with the input with 2, in one line", async () => {
    const mistakes: [string[], number, RegExp][] = [
      [["tool", "get_cost_breakdown"], 4, /^There is no cost data yet\..*\n$/],
      [["tool", "get_cost_breakdown", "--input", "{x"], 2, /^--input is not JSON: .*\n$/],
      [
        ["tool", "get_cost_breakdown", "--input", '{"groupBy":"colour"}'],
        2,
        /^get_cost_breakdown cannot use .*\n$/,
      ],
      [
        ["tool", "get_cost_breakdown", "--input", '{"group_by":"region"}'],
        2,
        /^get_cost_breakdown cannot use this input: Unrecognized key: "group_by"\. It takes: .*groupBy.*\n$/,
      ],
      [["tool", "make_coffee"], 2, /^There is no tool named "make_coffee"\. There are: .*\n$/],
      [["tool", "get_cost_breakdown", "--organization", "Nobody"], 2, /There are: My organization\.\n$/],
      [["scan"], 4, /^My organization has no connected cloud to scan\. .*\n$/],
      [["brew"], 2, /^unknown command 'brew'.*\n$/],
      [["ask", " "], 2, /^The question is empty\..*\n$/],
      [["import", "focus", "no-such-file.csv"], 2, /^There is no file .*no-such-file\.csv\..*\n$/],
    ];
    async function expectMistake([parameters, code, sentence]: (typeof mistakes)[number]): Promise<void> {
      const result = await terminal(parameters);
      expect({ parameters, code: result.code, stdout: result.stdout }).toEqual({
        parameters,
        code,
        stdout: "",
      });
      expect(result.stderr).toMatch(sentence);
      expect(result.stderr.trim().split("\n")).toHaveLength(1);
    }
    // The first two open the data themselves; beside its owner the others need not, which takes half the time.
    await expectMistake(mistakes[0]!);
    await expectMistake(mistakes[1]!);
    const owner = await openToolService({ env, logLevel: "error", needOwner: true });
    try {
      for (const mistake of mistakes.slice(2)) await expectMistake(mistake);
    } finally {
      await owner.close();
    }
  }, 120_000);

  it("tells a refusal with exit code 3 and a failure with 1, in one line", async () => {
    const model = await startOpenAiServer([{ status: 401 }]);
    try {
      const wrongKey = { OPENAI_API_KEY: "wrong", OPENAI_BASE_URL: model.url, MODEL: "large" };
      expect(await terminal(["ask", "What did we spend last month?"], wrongKey)).toEqual({
        code: 3,
        stdout: "",
        stderr: expect.stringMatching(/^The model's server refused the key\. .*\n$/),
      });
      expect(model.requests).toHaveLength(1);
    } finally {
      await model.close();
    }
    // A file stands where the folder should be made.
    expect(await terminal(["organizations"], { CLOUDOPTIMA_DATA_DIR: join(main, "data") })).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^The data folder .* cannot be made: .*\n$/),
    });
  });

  it("imports a file named from the folder where npm was called, once", async () => {
    // The sample is of September and October 2024.
    const note =
      "Costs are kept for 13 months: the billing periods up to 2024-10 will be removed within a day, unless the operator lets this organization keep all its data.\n";
    const called = { INIT_CWD: join(root, "data"), npm_lifecycle_event: "cloudoptima" };
    const first = await terminal(["import", "focus", "focus/focus_sample_1000.csv"], called);
    expect({ code: first.code, stdout: first.stdout }).toEqual({
      code: 0,
      stdout: `1,000 rows of focus/focus_sample_1000.csv loaded into My organization: $14.98 effective, $20.52 billed.\n${note}`,
    });
    const again = await terminal(["import", "focus", sample]);
    expect(again.stdout).toBe(
      `1,000 rows of ${sample} are already in My organization; nothing changed.\n${note}`,
    );
    expect(again.code).toBe(0);
  });

  it("prints a tool's output as JSON and nothing else", async () => {
    const input = JSON.stringify({ period: { words: "September 2024" }, costKind: "billed" });
    const { code, stdout, stderr } = await terminal(["tool", "get_cost_breakdown", "--input", input]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      total: [{ value: "20.52022672899", currency: "USD" }],
      rowCount: 1000,
    });
  });

  it("answers a script with one JSON object, and a person without escape codes when piped", async () => {
    const question = ["ask", "What did we spend in September 2024 by service?"];
    const json = await terminal([...question, "--json"]);
    expect({ code: json.code, stderr: json.stderr }).toEqual({ code: 0, stderr: "" });
    expect(json.stdout.trimEnd()).not.toContain("\n");
    const answer = JSON.parse(json.stdout) as Answer;
    expect(Object.keys(answer).sort()).toEqual(["answer", "figures", "model", "toolCalls", "views"]);
    expect(answer.toolCalls.map((call) => call.name)).toContain("get_cost_breakdown");
    expect(answer.figures.map((figure) => figure.value)).toContain("14.97651418586");

    const text = await terminal(question);
    expect(text.code).toBe(0);
    expect(text.stdout.split("\n")[0]).toContain("$14.98");
    expect(text.stdout).toMatch(/^Amazon Elastic Compute Cloud +█+ +\$13\.00 +86\.8 %$/m);
    expect(text.stdout).not.toContain("\u001b");
  });

  it("gives the answer that there is no data, with exit code 4", async () => {
    const { code, stdout } = await terminal(["ask", "What did we spend in March 2022?", "--json"]);
    expect(code).toBe(4);
    expect((JSON.parse(stdout) as Answer).answer).toContain("2022");
  });

  it("lists the tools with what a caller may send", async () => {
    const { stdout } = await terminal(["tools", "--json"]);
    const tools = JSON.parse(stdout) as { name: string; inputSchema: { type: string } }[];
    const breakdown = tools.find((tool) => tool.name === "get_cost_breakdown");
    expect(breakdown).toMatchObject({
      effect: "read",
      permission: "costs:read",
      inputSchema: { type: "object" },
    });
    expect(breakdown?.inputSchema).not.toHaveProperty("required");
  });

  it("works through the process that owns the data", async () => {
    const owner = await openToolService({ env, logLevel: "error", needOwner: true });
    try {
      const { code, stdout } = await terminal(["organizations"]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: "My organization\n" });
    } finally {
      await owner.close();
    }
  });

  it("ends quietly when its reader goes away", async () => {
    const child = start(["tools", "--json"]);
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
    });
    child.stdout?.destroy();
    const [code] = await once(child, "close");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("ends an import at Ctrl-C, and leaves the data as it was", async () => {
    const path = join(folder, "large.csv");
    await generateFocus({ path, rows: 60_000, seed: 1 });
    const child = start(["import", "focus", path], { FORCE_COLOR: "0" });
    await started(child);
    child.kill("SIGINT");
    const [code] = await once(child, "close");
    expect(code).toBe(130);
    const input = JSON.stringify({ period: { words: "all time" } });
    const { stdout } = await terminal(["tool", "get_cost_breakdown", "--input", input]);
    expect(JSON.parse(stdout)).toMatchObject({ rowCount: 1000 });
  });
});

/** Waits until the child holds the data. */
async function started(child: ChildProcess): Promise<void> {
  const owner = async () => (await readOwnerRecord(env.CLOUDOPTIMA_DATA_DIR ?? ""))?.pid;
  await expect.poll(owner, { interval: 20 }).toBe(child.pid);
}
