import { pick, randomInteger } from "../tenant/random.ts";
import { addVm } from "./add-vm.ts";
import type { Builder } from "./builder.ts";
import { developmentPlace, productionPlace } from "./places.ts";
import { numbered, type Workload } from "./workload.ts";

/** Works from 07:00 to 18:00 UTC, Monday to Friday, and is quiet else: CPU < 5 %, traffic < 1,000 bytes a second. */
export const officeRhythm = {
  cpuNightPercent: 2.6,
  cpuDayPercent: 31,
  networkOutBytesPerHour: 1.6e7,
  networkInBytesPerHour: 1.9e7,
} as const;
const officeHoursAWeek = 5 * 11;

/** The charge that remains where a machine runs in office hours only. */
export function plantSchedule(builder: Builder, resourceId: string): void {
  builder.plant({
    kind: "waste",
    type: "auto_shutdown",
    resourceId,
    since: builder.calendar.beforeQuarter(60),
    why: "Used in office hours, left on at night and on weekends.",
    only: "compute",
    becomes: {
      target: "Monday to Friday 07:00-18:00 UTC",
      remainingShare: officeHoursAWeek / (7 * 24),
    },
  });
}

/** Machines that people use by day and forget at night, and ones that only look so. */
export const forgottenAtNight: Workload = (builder, round) => {
  const dev = developmentPlace(builder, round);
  const count = randomInteger(1, 2, builder.seed, "forgotten", round.index);
  for (let index = 1; index <= count; index++) {
    const vm = addVm(builder, dev, {
      name: numbered("vm-dev-workbench", round, index),
      size: pick(
        ["Standard_D4s_v5", "Standard_D8s_v5"] as const,
        builder.seed,
        "workbench",
        round.index,
        index,
      ),
      ...(index === 2 ? { osType: "Windows" } : {}),
      usage: officeRhythm,
      fixedTags: { Environment: "Development" },
    });
    plantSchedule(builder, vm.id);
  }
  const shifts = addVm(builder, dev, {
    name: numbered("vm-dev-simulation", round, 1),
    size: "Standard_D4s_v5",
    usage: { ...officeRhythm, alternatesWeekly: true },
    fixedTags: { Environment: "Development" },
  });
  const production = addVm(builder, productionPlace(builder, round), {
    name: numbered("vm-counter-prod", round, 1),
    size: "Standard_D4s_v5",
    usage: officeRhythm,
    fixedTags: { Environment: "Production" },
  });
  for (const [vm, why] of [
    [shifts, "Its hours differ from week to week."],
    [production, "Production: it has to answer at night too."],
  ] as const) {
    builder.plant({ kind: "trap", type: "auto_shutdown", resourceId: vm.id, why });
  }
};
