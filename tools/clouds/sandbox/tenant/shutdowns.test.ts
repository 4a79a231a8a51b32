import { expect, test } from "vitest";
import { createEstate } from "../estate.ts";
import { billedShareOfDay } from "./power.ts";
import { readSchedule } from "./shutdowns.ts";
import { Tenant } from "./tenant-schema.ts";

const group = "/subscriptions/44444444-2222-4333-8444-555555555555/resourceGroups/rg";
const machine = `${group}/providers/Microsoft.Compute/virtualMachines/vm`;
const schedule = (time: string, more = {}) => ({
  id: `${group}/providers/Microsoft.DevTestLab/schedules/shutdown-computevm-vm`,
  name: "shutdown-computevm-vm",
  type: "Microsoft.DevTestLab/schedules",
  location: "westeurope",
  tags: {},
  properties: {
    status: "Enabled",
    taskType: "ComputeVmShutdownTask",
    dailyRecurrence: { time },
    timeZoneId: "UTC",
    targetResourceId: machine,
    ...more,
  },
});

function open() {
  let now = Temporal.Instant.from("2026-10-14T10:00:00Z");
  const estate = createEstate(
    Tenant.parse({
      version: 1,
      name: "Contoso",
      tenantId: "99999999-2222-4333-8444-555555555555",
      seed: "s",
      days: 31,
      subscriptions: [{ id: group.split("/")[2], name: "Contoso" }],
      resources: [
        { id: machine, name: "vm", type: "Microsoft.Compute/virtualMachines", location: "westeurope" },
      ],
      charges: [],
    }),
    () => now,
  );
  const day = (date: string) => Temporal.Instant.from(`${date}T00:00:00Z`).epochMilliseconds / 86_400_000;
  return {
    estate,
    to: (time: string) => {
      now = Temporal.Instant.from(time);
    },
    billed: (date: string) => billedShareOfDay(undefined, estate.powerChanges(machine), day(date)),
  };
}

test("a machine is off from the time of its schedule until somebody starts it, day after day", () => {
  const { estate, to, billed } = open();
  estate.put(schedule("1900"));
  const before = estate.version;
  expect(estate.powerState(machine)).toBe("running");
  to("2026-10-14T19:30:00Z");
  expect(estate.powerState(machine)).toBe("deallocated");
  expect(estate.version).toBeGreaterThan(before);
  to("2026-10-15T07:00:00Z");
  estate.setPower(machine, "running");
  to("2026-10-15T20:00:00Z");
  expect(estate.powerState(machine)).toBe("deallocated");
  to("2026-10-18T00:00:00Z");
  expect(billed("2026-10-14")).toBeCloseTo(19 / 24);
  expect(billed("2026-10-15")).toBeCloseTo(11 / 24);
  expect(billed("2026-10-16")).toBe(0);
});

test("a schedule that is deleted or switched off shuts nothing down any more", () => {
  for (const stop of ["delete", "disable"] as const) {
    const { estate, to } = open();
    estate.put(schedule("1900"));
    to("2026-10-14T18:59:00Z");
    if (stop === "delete") estate.delete(schedule("1900").id);
    else estate.put(schedule("1900", { status: "Disabled" }));
    to("2026-10-16T20:00:00Z");
    expect(estate.powerState(machine)).toBe("running");
  }
});

test("what is no daily shutdown in UTC is refused, as Azure or this sandbox would", () => {
  expect(readSchedule(schedule("2230"))).toEqual({
    machine: machine.toLowerCase(),
    minute: 1350,
    isOn: true,
  });
  for (const bad of [
    schedule("2460"),
    schedule("7pm"),
    schedule("1900", { taskType: "LabVmsStartupTask" }),
  ]) {
    expect(() => readSchedule(bad)).toThrow(/not valid/);
  }
  expect(() => readSchedule(schedule("1900", { timeZoneId: "W. Europe Standard Time" }))).toThrow(
    /time zone/,
  );
});
