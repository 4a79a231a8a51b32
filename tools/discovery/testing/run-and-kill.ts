import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { DatabasePlace } from "@cloudoptima/db/testing/open-place.ts";
import type { SandboxAccess } from "../../clouds/azure/sandbox-endpoint.ts";

/** What the process does: it scans the sandbox, imports the file, or loads the costs of connections alone. */
export interface KilledJob {
  place: DatabasePlace;
  organization: { id: string; name: string };
  connectionId: string;
  now: string;
  access?: Omit<SandboxAccess, "pace">;
  importPath?: string;
  /** Connections whose costs are loaded, one after another, as a scan does. */
  costsOf?: readonly string[];
  /** Directory that exports' folders lie in. */
  exportsDir?: string;
  /** The test ends its connections, so what ends is no fault. */
  connectionsEnd?: boolean;
  /** It ends itself as kill -9 does: the word of another process might come too late. */
  kill?: DeathAtWrite | DeathAtAnswer;
}

/** So long after this write (of this connection, or while judging, if named) begins; in the embedded engine at the latest when that is done. */
interface DeathAtWrite {
  atWrite: number;
  of?: string;
  afterMs?: number;
  atAnswer?: never;
}

/** So long after a cloud's answer to a path like this; or at one like `before`, if so many do not come. */
interface DeathAtAnswer {
  atAnswer: number;
  of: string;
  afterMs: number;
  before?: string;
  atWrite?: never;
}

/** What a scan writes to the database, or asks it, once it judges what it read. */
export const judging = "judging";

export interface EndedProcess {
  /** SIGKILL where the test ended it. */
  signal: string | null;
  code: number | null;
  /** How often it wrote to the database, where it says so. */
  writeCount: number;
  errors: string;
}

/** Starts a process of the product and waits for its end. `onStart` gets it, `onWrite` hears of each write, and for which connection. */
export async function runAndKill(
  job: KilledJob,
  hooks: {
    onStart?(child: ChildProcess): void;
    onWrite?(child: ChildProcess, count: number, what: string): void;
  } = {},
): Promise<EndedProcess> {
  const script = join(import.meta.dirname, "killed-process.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(job)], { stdio: ["ignore", "pipe", "pipe"] });
  hooks.onStart?.(child);
  let writeCount = 0;
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    for (const [, what] of text.matchAll(/writing ?(.*)\n/g)) {
      writeCount++;
      hooks.onWrite?.(child, writeCount, what!);
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, writeCount, errors };
}
