import type { UpdateEvent } from "@cloudoptima/tools/kernel/update-event.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followUpdates } from "./follow-updates.ts";

/** A browser's socket, whose server is the test. */
class PageSocket {
  onopen(): void {}
  onmessage(_: { data: unknown }): void {}
  onclose(_: { code: number }): void {}
  closed = false;
  close() {
    this.closed = true;
    this.onclose({ code: 1005 });
  }
}

let opened: PageSocket[];
let told: UpdateEvent[];
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  told = [];
  end = followUpdates({
    open() {
      const socket = new PageSocket();
      opened.push(socket);
      return socket as unknown as WebSocket;
    },
    onEvent: (event) => told.push(event),
    random: () => 1,
  });
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

const last = () => opened.at(-1)!;

test("tells what arrives, and nothing of a shape it does not know", () => {
  last().onopen();
  const event = { type: "cost_alert", data: { id: "0197f0a2-5f3c-7e11-a3b5-3c1f0de4a001" } };
  last().onmessage({ data: JSON.stringify(event) });
  for (const data of ["no json", '{"type":"later_kind","data":{}}', new ArrayBuffer(1)]) {
    last().onmessage({ data });
  }
  expect(told).toEqual([event]);
});

test("comes back after a cut, and has everything asked again", () => {
  last().onopen();
  expect(told).toEqual([]);
  last().onclose({ code: 1006 });
  vi.advanceTimersByTime(500);
  expect(opened).toHaveLength(2);
  last().onopen();
  expect(told).toEqual([{ type: "resync", data: {} }]);
});

test("waits ever longer while nobody answers, at most half a minute, and not after it worked", () => {
  const waits: number[] = [];
  for (let failure = 0; failure < 8; failure++) {
    const before = Date.now();
    last().onclose({ code: 1006 });
    vi.advanceTimersToNextTimer();
    waits.push(Date.now() - before);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  last().onopen();
  last().onclose({ code: 1006 });
  vi.advanceTimersByTime(500);
  expect(opened).toHaveLength(10);
});

test("stays away when the session ended, and when the page goes", () => {
  last().onopen();
  last().onclose({ code: 4401 });
  vi.advanceTimersByTime(600_000);
  expect(opened).toHaveLength(1);
  end();
  expect(last().closed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
