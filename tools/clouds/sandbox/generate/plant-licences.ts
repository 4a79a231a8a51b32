import { pick } from "../tenant/random.ts";
import { addVm } from "./add-vm.ts";
import { productionPlace } from "./places.ts";
import { numbered, type Workload } from "./workload.ts";

/** Windows paid by the hour, and Windows for which the organization already brings its own licence. */
export const windowsLicences: Workload = (builder, round) => {
  const prod = productionPlace(builder, round);
  const busy = { cpuNightPercent: 34, cpuDayPercent: 58, memoryUsedShare: 0.7 };
  const size = pick(["Standard_D4s_v5", "Standard_D8s_v5"] as const, builder.seed, "licence", round.index);
  const paid = addVm(builder, prod, {
    name: numbered("vm-erp-prod", round, 1),
    size,
    osType: "Windows",
    licenceIncluded: true,
    usage: busy,
  });
  builder.plant({
    kind: "waste",
    type: "hybrid_benefit",
    resourceId: paid.id,
    since: builder.calendar.beforeQuarter(60),
    why: "Pays for Windows by the hour although the organization brings its own licence elsewhere.",
    only: "licence",
  });
  const own = addVm(builder, prod, {
    name: numbered("vm-directory-prod", round, 1),
    size: "Standard_D4s_v5",
    osType: "Windows",
    usage: busy,
  });
  builder.plant({
    kind: "trap",
    type: "hybrid_benefit",
    resourceId: own.id,
    why: "Its licenseType says that the organization brings its own licence.",
  });
};
