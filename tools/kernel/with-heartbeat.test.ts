import pino from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { silentMs, withHeartbeat } from "./with-heartbeat.ts";

const log = pino({ level: "silent" });
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("gives signs as long as the work takes, one at a time, through failures, and none after its end", async () => {
  let beats = 0;
  let finish = (_: string) => {};
  const beat = () => {
    beats += 1;
    return beats === 1 ? Promise.reject(new Error("the database is away")) : Promise.resolve();
  };
  const work = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const done = withHeartbeat(beat, () => work, log);
  await vi.advanceTimersByTimeAsync(silentMs);
  expect(beats).toBe(6);
  finish("done");
  expect(await done).toBe("done");
  await vi.advanceTimersByTimeAsync(silentMs);
  expect(beats).toBe(6);
});

it("does not queue signs that the database is slow to keep, and waits for the last", async () => {
  let keep = () => {};
  let beats = 0;
  const beat = () => {
    beats += 1;
    return new Promise<void>((resolve) => {
      keep = resolve;
    });
  };
  let ended = false;
  const work = new Promise<void>((resolve) => setTimeout(resolve, silentMs));
  const done = withHeartbeat(beat, () => work, log).then(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(silentMs);
  expect([beats, ended]).toEqual([1, false]);
  keep();
  await done;
  expect(ended).toBe(true);
});
