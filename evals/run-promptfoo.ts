import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Answer } from "@cloudoptima/agent/answer.ts";
import type { Outcome } from "./score.ts";

/** One question for promptfoo: how to get its answer, and how to judge it. */
export interface EvalTest {
  organization: string;
  family: Outcome["family"];
  question: string;
  answer(): Promise<Answer>;
  judge(answer: Answer): string[];
}

// promptfoo is installed on demand, so its own types cannot be imported: only what is used is described.
interface Promptfoo {
  evaluate(
    suite: {
      prompts: string[];
      providers: ((prompt: string, context: { vars: { test: number } }) => Promise<{ output: string }>)[];
      tests: {
        vars: { test: number; question: string };
        metadata: { organization: string; family: string };
        assert: { type: "javascript"; value: (output: string) => GradingResult }[];
      }[];
      writeLatestResults: false;
      sharing: false;
    },
    options: { maxConcurrency: number; showProgressBar: boolean; cache: false },
  ): Promise<{ toEvaluateSummary(): Promise<{ results: Result[] }> }>;
}
interface GradingResult {
  pass: boolean;
  score: number;
  reason: string;
}
interface Result {
  vars: { test: number };
  success: boolean;
  error?: string | null;
  response?: { output?: string };
}

/** Runs the tests with promptfoo, offline, one at a time, and gives an outcome for each. */
export async function runPromptfoo(tests: readonly EvalTest[]): Promise<Outcome[]> {
  const settings = mkdtempSync(join(tmpdir(), "co-promptfoo-"));
  // No telemetry, update check, remote generation or upload: an eval run makes no request.
  Object.assign(process.env, {
    PROMPTFOO_CONFIG_DIR: settings,
    PROMPTFOO_DISABLE_TELEMETRY: "1",
    PROMPTFOO_DISABLE_UPDATE: "1",
    PROMPTFOO_DISABLE_REMOTE_GENERATION: "1",
    PROMPTFOO_DISABLE_SHARING: "1",
  });
  try {
    const promptfoo = await loadPromptfoo();
    const problemsOf = new Map<number, string[]>();
    const evaluation = await promptfoo.evaluate(
      {
        prompts: ["{{question}}"],
        providers: [
          async (_prompt, { vars }) => ({ output: JSON.stringify(await tests[vars.test]?.answer()) }),
        ],
        tests: tests.map((test, index) => ({
          vars: { test: index, question: test.question },
          metadata: { organization: test.organization, family: test.family },
          assert: [
            {
              type: "javascript",
              value: (output) => {
                const problems = test.judge(JSON.parse(output) as Answer);
                problemsOf.set(index, problems);
                return {
                  pass: problems.length === 0,
                  score: problems.length === 0 ? 1 : 0,
                  reason: problems.join("; ") || "right",
                };
              },
            },
          ],
        })),
        writeLatestResults: false,
        sharing: false,
      },
      { maxConcurrency: 1, showProgressBar: false, cache: false },
    );
    const { results } = await evaluation.toEvaluateSummary();
    return results.map((result) => outcomeOf(result, tests, problemsOf));
  } finally {
    rmSync(settings, { recursive: true, force: true });
  }
}

function outcomeOf(result: Result, tests: readonly EvalTest[], problemsOf: Map<number, string[]>): Outcome {
  const test = tests[result.vars.test];
  if (!test) throw new Error("promptfoo reports a test that was never given to it.");
  const { organization, family, question } = test;
  const output = result.response?.output;
  const problems = problemsOf.get(result.vars.test) ?? [result.error ?? "it gave no answer"];
  // promptfoo's own verdict counts: a result that it failed is never turned into a pass here.
  if (!result.success && problems.length === 0) problems.push(result.error ?? "promptfoo failed it");
  const answer = output ? (JSON.parse(output) as Answer).answer : "";
  return { organization, family, question, answer, problems };
}

async function loadPromptfoo(): Promise<Promptfoo> {
  const entry = createRequire(join(import.meta.dirname, "package.json")).resolve("promptfoo");
  // The CommonJS entry resolves first; the package's ESM build sits beside it.
  const module = (await import(pathToFileURL(entry.replace(/\.cjs$/, ".js")).href)) as { default: Promptfoo };
  return module.default;
}
