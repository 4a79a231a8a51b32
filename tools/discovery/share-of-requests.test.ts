import { expect, test } from "vitest";
import { sharesOfRequests } from "./share-of-requests.ts";

const container = (cpu: unknown, memoryInGB: unknown) => ({
  properties: { resources: { requests: { cpu, memoryInGB } } },
});
const series = (metric: string, value: number) => ({
  metric,
  aggregation: "average",
  unit: "x",
  points: [{ time: "2026-10-05T08:00:00Z", value }],
});
const shares = (containers: unknown, ...stored: ReturnType<typeof series>[]) =>
  sharesOfRequests({ properties: { containers } }, stored).map(({ metric, unit, points }) => [
    metric,
    unit,
    points[0]!.value,
  ]);

test("what a group uses is told as a share of what its containers request together", () => {
  const used = [series("cpu_millicores", 1500), series("memory_used_bytes", 1024 ** 3)];
  expect(shares([container(2, 1), container(1, 0.5)], ...used)).toEqual([
    ["cpu_percent", "percent", 50],
    ["memory_percent", "percent", (100 * 1) / 1.5],
  ]);
  // A limit may be above what is requested.
  expect(shares([container(0.5, 1)], used[0]!)).toEqual([["cpu_percent", "percent", 300]]);
  expect(shares([container(1, 1)], series("network_in_bytes_per_second", 5))).toEqual([]);
});

test.each([undefined, [], "none", [{}], [container("4", 8)], [container(1, 1), {}], [container(0, 0)]])(
  "no share where requests are not known: %j",
  (containers) => {
    expect(shares(containers, series("cpu_millicores", 1500))).toEqual([]);
  },
);
