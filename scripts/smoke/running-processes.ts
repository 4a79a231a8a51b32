import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface RunningProcess {
  pid: number;
  command: string;
}

/**
 * Every living process of a session, and every one that carries `marker` in its environment: a child that left the
 * session is found all the same. Without /proc (macOS) it is the process group alone; Windows has neither.
 */
export function runningProcesses(session: number, marker: string): RunningProcess[] {
  return process.platform === "linux" ? fromProc(session, marker) : fromPs(session);
}

function fromProc(session: number, marker: string): RunningProcess[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = read(`/proc/${name}/stat`);
    // The command's name stands in brackets and may hold anything; the fields after it do not.
    const [state, , , sessionId] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === undefined || "ZX".includes(state)) return []; // gone, and only not yet collected by its parent
    const isOurs =
      Number(sessionId) === session || read(`/proc/${name}/environ`).split("\0").includes(marker);
    const command = read(`/proc/${name}/cmdline`).replaceAll("\0", " ").trim();
    return isOurs ? [{ pid: Number(name), command }] : [];
  });
}

function fromPs(group: number): RunningProcess[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,pgid=,stat=,command="], { encoding: "utf8" }).split(
    "\n",
  );
  return lines.flatMap((line) => {
    const [, pid, groupId, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (Number(groupId) !== group || state?.startsWith("Z")) return [];
    return [{ pid: Number(pid), command: command ?? "" }];
  });
}

/** Empty when the process ended meanwhile, or belongs to somebody else. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
