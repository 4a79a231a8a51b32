import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { hasEnded, thisProcess } from "./running-process.ts";

it("knows that a process of this machine ended, and nothing of others", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  const other = { ...thisProcess, pid: child.pid!, instance: "another" };
  expect(hasEnded(other)).toBe(false);
  child.stdin.end();
  await once(child, "exit");
  expect(hasEnded(other)).toBe(true);
  expect(hasEnded(thisProcess)).toBe(false);
  expect(hasEnded({ ...thisProcess, instance: "the one before, of the same number" })).toBe(true);
  expect(hasEnded({ ...other, host: "elsewhere" })).toBe(false);
  for (const unknown of [null, undefined, {}, { host: thisProcess.host }])
    expect(hasEnded(unknown)).toBe(false);
});
