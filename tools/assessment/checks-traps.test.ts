import { expect, test } from "vitest";
import { allChecks } from "./all-checks.ts";
import { judge } from "./assess.ts";
import { deriveFacts } from "./derive-facts.ts";
import { assessed, id } from "./testing/good-resource.ts";

const now = Temporal.Instant.from("2026-10-05T00:00:00Z");
const resultOf = (checkId: string, own: Parameters<typeof assessed>[0], ...others: (typeof own)[]) => {
  const resources = [own, ...others].map(assessed);
  const check = allChecks.find((one) => one.id === checkId)!;
  return judge(check, resources[0]!, deriveFacts(resources, { now }));
};
const vm = (properties: object, status: string) => ({
  type: "microsoft.compute/virtualmachines",
  name: "vm",
  status,
  properties: { ...properties },
});
const plan = (tier: string, numberOfSites?: number) => ({
  type: "microsoft.web/serverfarms",
  name: "plan",
  properties: { sku: { tier }, ...(numberOfSites === undefined ? {} : { numberOfSites }) },
});

test("a machine with an ephemeral disk cannot be deallocated: nobody asks for it", () => {
  const ephemeral = { storageProfile: { osDisk: { diffDiskSettings: { option: "Local" } } } };
  expect(resultOf("COST-VM-01", vm(ephemeral, "stopped"))).toBe("not_applicable");
  expect(resultOf("COST-VM-01", vm({ storageProfile: { osDisk: {} } }, "stopped"))).toBe("fail");
});

test("what is switched off pays no Windows, and whether it works is no question", () => {
  const windows = { storageProfile: { osDisk: { osType: "Windows" } } };
  expect(resultOf("COST-VM-04", vm(windows, "deallocated"))).toBe("not_applicable");
  expect(resultOf("COST-VM-04", vm(windows, "running"))).toBe("fail");
  for (const checkId of ["COST-VM-02", "COST-VM-03", "COST-VM-05"])
    expect(resultOf(checkId, vm({}, "deallocated"))).toBe("not_applicable");
});

test("an app or a slot that names a plan runs on it, whatever its count says", () => {
  const site = (type: string) => ({
    type,
    name: "app",
    properties: { serverFarmId: id("microsoft.web/serverfarms", "plan") },
  });
  expect(resultOf("COST-PLAN-01", plan("Standard"), site("microsoft.web/sites"))).toBe("pass");
  expect(resultOf("COST-PLAN-01", plan("Standard", 0), site("microsoft.web/sites/slots"))).toBe("pass");
  expect(resultOf("COST-PLAN-01", plan("Standard", 0))).toBe("fail");
  expect(resultOf("COST-PLAN-01", plan("FlexConsumption", 0))).toBe("not_applicable");
});

test("a card that a hosted service uses belongs to something", () => {
  const card = (properties: object) => ({
    type: "microsoft.network/networkinterfaces",
    name: "nic",
    properties: { ...properties },
  });
  expect(resultOf("OPS-NIC-01", card({ hostedWorkloads: ["/netapp"] }))).toBe("pass");
  expect(resultOf("OPS-NIC-01", card({ hostedWorkloads: [] }))).toBe("fail");
});
