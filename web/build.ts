import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const folder = import.meta.dirname;
const stampFile = join(folder, ".next", "cloudoptima-build");

// Cold and on two busy cores a build takes under two minutes.
const longestBuildMs = 180_000;
const otherBuild = "Another next build process is already running";

/** What the pages are made from; server code runs from source and needs no build. */
const inputs = [
  ...["app", "components", "lib", "next.config.mjs", "postcss.config.mjs", "package.json"],
  // Pages share a few values with the server: who may do what, how series are folded, which events there are.
  ...["../tools/kernel", "../tools/remediation/may-decide.ts", "../tools/assessment/pillars.ts"],
  ...["../tools/remediation/proposal-groups.ts", "../tools/recommendations/recommendation-types.ts"],
  ...["../tools/reports/report-types.ts", "../tools/reports/cadence.ts", "../tools/costs/calendar.ts"],
  ...["../tools/knowledge/files/file-kinds.ts"],
];

function inputHash(): string {
  const hash = createHash("sha256");
  const files = inputs.flatMap((input) =>
    /\.\w+$/.test(input)
      ? [input]
      : readdirSync(join(folder, input), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
          .sort(),
  );
  // The lockfile stands for every dependency that ends up in the pages.
  for (const file of [...files, join("..", "package-lock.json")]) {
    hash.update(file).update("\0");
    hash.update(readFileSync(join(folder, file))).update("\0");
  }
  return hash.digest("hex");
}

/** True when `.next` holds a finished build of exactly these sources. */
export function isBuilt(): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === inputHash();
}

/**
 * Builds the pages, or waits for another start of this folder that is building them (Next lets one at a time).
 * A failed build leaves no stamp, so the next start builds again.
 */
export async function buildPages(signal?: AbortSignal): Promise<void> {
  const patience = performance.now() + longestBuildMs;
  for (;;) {
    const stamp = inputHash();
    const { code, output } = await runNextBuild(signal);
    if (code === 0) {
      writeFileSync(stampFile, stamp);
      return;
    }
    if (!output.includes(otherBuild) || performance.now() > patience) {
      throw new Error(`The pages could not be built:\n${output}`);
    }
    await delay(1_000, undefined, { signal });
    if (isBuilt()) return;
  }
}

async function runNextBuild(signal?: AbortSignal): Promise<{ code: number | null; output: string }> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build", folder], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    // stdout of a start belongs to its three lines.
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => lines.push(String(data)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, output: lines.join("") };
}

if (import.meta.main) {
  if (isBuilt()) process.stderr.write("The pages are built already.\n");
  else await buildPages();
}
