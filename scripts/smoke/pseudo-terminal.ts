import { type ChildProcess, spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { root } from "../run.ts";
import type { OrdinaryUser } from "./ordinary-user.ts";

export interface AtTerminal {
  code: number | null;
  /** What the terminal showed, without colours. */
  shown: string;
}

const started = new Set<ChildProcess>();

/**
 * `npm run cloudoptima -- …` as a person at a terminal window runs it, who types each answer when its prompt appears.
 * util-linux's `script` (an essential package of every Linux distribution) makes the terminal.
 */
export async function runAtTerminal(
  user: OrdinaryUser,
  parameters: string[],
  env: NodeJS.ProcessEnv,
  answers: readonly { prompt: string; answer: string }[],
): Promise<AtTerminal> {
  const command = ["npm", "--prefix", root, "run", "-s", "cloudoptima", "--", ...parameters];
  const child = spawn("script", ["-qec", command.map(quoted).join(" "), "/dev/null"], {
    ...user.ids,
    cwd: user.home,
    env: { ...user.env, ...env, TERM: "xterm", SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  started.add(child);
  let shown = "";
  let answered = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    const next = answers[answered];
    if (!next || !stripVTControlCharacters(shown).includes(next.prompt)) return;
    answered++;
    child.stdin.write(`${next.answer}\r`);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  started.delete(child);
  return { code, shown: stripVTControlCharacters(shown) };
}

/** Ends whatever is left, after a test that failed. */
export function closeTerminals(): void {
  for (const child of started) child.kill("SIGKILL");
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
