import { expect, it } from "vitest";
import type { UpdateEvent } from "../kernel/update-event.ts";
import { announceScan } from "./announce-scan.ts";

const scanId = "5f0c0d9a-6f5e-4a53-9d5e-0c4c1c1f7a01";

it("tells a scan's state a few times a second, the last state always", () => {
  const told: UpdateEvent[] = [];
  let clockMs = 0;
  const announcer = announceScan({ publish: (event) => told.push(event) }, "Azure", scanId, () => clockMs);
  for (; clockMs < 1_000; clockMs += 10) {
    announcer.discovered(5);
    announcer.progress({ message: "inventory", done: clockMs / 10, total: 100, unit: "subscriptions" }, 10);
  }
  const counts = () =>
    told.flatMap((event) => (event.type === "resource_discovered" ? [event.data.resourceCount] : []));
  expect(counts()).toEqual([5, 175, 345]);
  expect(told.filter(({ type }) => type === "scan_progress")).toHaveLength(3);
  // The count that was held back is told with the next news of any kind, not only at the end.
  clockMs = 2_000;
  announcer.progress({ message: "inventory", done: 99, total: 100, unit: "subscriptions" }, 99);
  expect(counts().at(-1)).toBe(500);
  announcer.finish();
  expect(told.findLast(({ type }) => type === "scan_progress")?.data).toMatchObject({
    done: 99,
    connectionName: "Azure",
    scanId,
    percent: 99,
  });
  announcer.finish();
  expect(told).toHaveLength(8);
  expect(counts()).toHaveLength(4);
});
