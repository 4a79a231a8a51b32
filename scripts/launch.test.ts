import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./run.ts";

// An installation as npm 10 leaves it: the platform's Node is there, node_modules/.bin/node is not.
const folder = mkdtempSync(join(tmpdir(), "co-launch-"));
const launcher = join(folder, "scripts", "launch.mjs");
const machinesPath = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((entry) => !entry.startsWith(join(root, "node_modules")));
const env = {
  ...process.env,
  PATH: machinesPath.join(delimiter),
  CLOUDOPTIMA_DATA_DIR: join(folder, "data"),
};
const olderNode = machinesPath.map((entry) => join(entry, "node")).find(isOlder);

function isOlder(node: string): boolean {
  try {
    accessSync(node, constants.X_OK);
    return execFileSync(node, ["-p", "typeof Temporal"], { encoding: "utf8" }).trim() === "undefined";
  } catch {
    return false;
  }
}

beforeAll(() => {
  mkdirSync(join(folder, "scripts"));
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  copyFileSync(join(root, "scripts", "launch.mjs"), launcher);
  symlinkSync(join(root, "bots"), join(folder, "bots"));
  for (const name of readdirSync(join(root, "node_modules")).filter((name) =>
    /^node-(bin-)?\w+-\w+$/.test(name),
  ))
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const launch = (...parameters: string[]) =>
  spawnSync(olderNode!, [launcher, "bots/terminal/main.ts", ...parameters], {
    cwd: tmpdir(),
    env,
    encoding: "utf8",
  });

// Only a Node without Temporal needs the launcher; a machine whose only Node is 26 or later cannot show it.
describe.skipIf(olderNode === undefined)("the launcher under an older Node, from another folder", () => {
  test("runs the product on its own Node, and passes on output and exit code", () => {
    const { status, stdout, stderr } = launch("tools", "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ name: "get_cost_breakdown" }));
    expect(launch("brew")).toMatchObject({ status: 2, stdout: "" });
  });

  test("passes a signal on and ends with its child", async () => {
    const child = spawn(olderNode!, [launcher, "bots/terminal/main.ts", "ask", "What did we spend?"], {
      cwd: tmpdir(),
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "close"); // its streams close only when the process behind it is gone too
    await untilDataFolder();
    child.kill("SIGTERM");
    expect(await ended).toEqual([130, null]);
  });

  test("says what to do when the platform's Node is not installed", () => {
    const bare = join(folder, "bare", "scripts");
    mkdirSync(bare, { recursive: true });
    copyFileSync(launcher, join(bare, "launch.mjs"));
    const { status, stderr } = spawnSync(olderNode!, [join(bare, "launch.mjs"), "bots/terminal/main.ts"], {
      env,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/its own Node 26, .*npm ci --include=optional\n$/),
    });
  });
});

/** The child has begun: it works in its data folder. */
async function untilDataFolder(): Promise<void> {
  const begun = () =>
    existsSync(env.CLOUDOPTIMA_DATA_DIR) && readdirSync(env.CLOUDOPTIMA_DATA_DIR).length > 0;
  await expect.poll(begun, { interval: 20 }).toBe(true);
}
