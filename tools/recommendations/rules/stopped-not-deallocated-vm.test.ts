import { expect, test } from "vitest";
import stopVm from "../../remediation/actions/stop-vm.action.ts";
import { machine, machineFacts } from "../testing/machines.ts";
import { dailyCosts, judge, waste } from "../testing.ts";
import rule from "./stopped-not-deallocated-vm.ts";

const costs = [
  ...dailyCosts(30, "4.8", { service: "Virtual Machines" }),
  ...dailyCosts(30, "1.2", { service: "Virtual Machines Licenses" }),
  ...dailyCosts(30, "0.5", { service: "Storage" }),
];
const stopped = machine({}, { status: "stopped" });

test("a stopped machine saves compute and licence, and our action deallocates it", () => {
  expect(waste(judge(rule, stopped, machineFacts({ costs })))).toMatchObject({
    monthlySavings: "182.5",
    annualSavings: "2190",
    remediation: "stop_vm",
    effects: [
      { component: "compute", change: { kind: "share", remaining: "0" } },
      { component: "licence", change: { kind: "share", remaining: "0" } },
    ],
  });
});

test("for however long, and since when we know of it", () => {
  const since = waste(judge(rule, stopped, machineFacts({ costs, openSince: "2026-10-03" })));
  expect(since.evidence.find(({ unit }) => unit === "date")?.value).toBe("2026-10-03");
});

test("the action that it names says that it resolves it", () => {
  expect(stopVm.resolves).toContain(rule.type);
});

test("what a reservation pays is not saved, and it says so", () => {
  const reserved = dailyCosts(30, "4.8", { service: "Virtual Machines", billed: "0" });
  const finding = waste(judge(rule, stopped, machineFacts({ costs: reserved })));
  expect(finding.monthlySavings).toBe("0");
  expect(finding.description).toContain("reservation");
});

test("without costs the saving is unknown", () => {
  expect(waste(judge(rule, stopped, machineFacts({ costs: [] }))).monthlySavings).toBeNull();
});

test.each([
  ["fine", { status: "running" }, {}],
  ["fine", { status: "deallocated" }, {}],
  ["unknown", { status: null }, {}],
  ["fine", { status: "stopped" }, { storageProfile: { osDisk: { diffDiskSettings: { option: "Local" } } } }],
] as const)("%s: %j %j", (verdict, more, properties) => {
  expect(judge(rule, machine(properties, more), machineFacts({ costs })).verdict).toBe(verdict);
});
