import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface ServiceAnswer {
  mode?: "owner" | "client";
  output?: Record<string, unknown>;
  error?: { code: string; message: string };
}

export interface ServiceProcess {
  pid: number;
  /** The mode it opened in, or why it did not. */
  opened: "owner" | "client" | { code: string; message: string };
  invoke(name: string, input: object, organization?: string): Promise<ServiceAnswer>;
  /** Ends it in good order. */
  close(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  stderr(): string;
}

/** Starts a process that opens the tool service on a data folder; `lasting` as the web, else as a terminal. */
export async function startServiceProcess(
  dataDir: string,
  kind: "lasting" | "transient",
  environment: Record<string, string> = {},
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "service-process-main.ts"), kind], {
    env: {
      ...process.env,
      LOG_LEVEL: "warn",
      CLOUDOPTIMA_DEMO: "0",
      ...environment,
      CLOUDOPTIMA_DATA_DIR: dataDir,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "exit");
  const waiting = new Map<number, (answer: ServiceAnswer) => void>();
  let nextId = 1;

  const opened = await new Promise<ServiceProcess["opened"]>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (text) => {
      const line = JSON.parse(text);
      if ("opened" in line) resolve(line.opened);
      else if ("failed" in line) resolve(line.failed);
      else waiting.get(line.id)?.(line);
    });
    child.once("exit", (code) => {
      reject(new Error(`the process ended with ${code}: ${errors}`));
      for (const answer of waiting.values())
        answer({ error: { code: "killed", message: "the process ended" } });
    });
  });
  const send = (command: object) => child.stdin.write(`${JSON.stringify(command)}\n`);
  child.stdin.on("error", () => {}); // a killed process answers through its exit

  return {
    pid: child.pid!,
    opened,
    stderr: () => errors,
    invoke(name, input, organization) {
      const id = nextId++;
      const answer = new Promise<ServiceAnswer>((resolve) => waiting.set(id, resolve));
      send({ id, name, input, organization });
      return answer;
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) send({ name: "close" });
      await ended;
    },
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
