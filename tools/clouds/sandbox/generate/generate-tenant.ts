import { AppError } from "../../../kernel/errors.ts";
import { random, stableUuid } from "../tenant/random.ts";
import type { Tenant } from "../tenant/tenant-schema.ts";
import { withActivity } from "./add-activity.ts";
import { addStorageAccount } from "./add-platform.ts";
import { createBuilder } from "./builder.ts";
import { createCalendar } from "./calendar.ts";
import { connectMachines } from "./connect-machines.ts";
import type { Plant } from "./plant.ts";
import { unusedAddresses } from "./plant-addresses.ts";
import { appServicePlans } from "./plant-app-plans.ts";
import { blobTierChoices } from "./plant-blob-tiers.ts";
import { oversizedDatabases, sleepyDatabases } from "./plant-databases.ts";
import { diskTierChoices } from "./plant-disk-tiers.ts";
import { unattachedDisks } from "./plant-disks.ts";
import { idleGateways } from "./plant-gateways.ts";
import { windowsLicences } from "./plant-licences.ts";
import { plantedLocks } from "./plant-locks.ts";
import { forgottenNetwork } from "./plant-network.ts";
import { boundVms, oversizedVms } from "./plant-oversized-vms.ts";
import { elasticPools } from "./plant-pools.ts";
import { forgottenAtNight } from "./plant-schedules.ts";
import { snapshots } from "./plant-snapshots.ts";
import { interruptibleWork } from "./plant-spot.ts";
import { addUnmanagedMachine, hostOfUnmanagedDisks, plantUnmanagedDisks } from "./plant-unmanaged-disks.ts";
import { idleVms } from "./plant-vms.ts";
import { addRecentChanges } from "./recent-changes.ts";
import { withConfiguration } from "./with-configuration.ts";
import { createRound, numbered, place, type Workload } from "./workload.ts";
import { addRefunds, commitments, idleReservedVm } from "./workload-commitments.ts";
import { kubernetesDevelopment, kubernetesProduction } from "./workload-kubernetes.ts";
import { offices, partners } from "./workloads-business.ts";
import { batchTest, development, sharedServices } from "./workloads-other.ts";
import {
  analytics,
  artificialIntelligence,
  dataProduction,
  mobileProduction,
  webProduction,
} from "./workloads-production.ts";

/** Waste of every type, and what only looks like it. In which order it comes, the seed says. */
const plantings: Workload[] = [
  oversizedVms,
  boundVms,
  forgottenAtNight,
  windowsLicences,
  idleReservedVm,
  interruptibleWork,
  diskTierChoices,
  blobTierChoices,
  snapshots,
  forgottenNetwork,
  oversizedDatabases,
  sleepyDatabases,
  elasticPools,
  idleGateways,
  appServicePlans,
];

/** What an estate consists of otherwise. */
const workloads: Workload[] = [
  webProduction,
  sharedServices,
  artificialIntelligence,
  dataProduction,
  kubernetesProduction,
  commitments,
  development,
  batchTest,
  analytics,
  mobileProduction,
  partners,
  offices,
  kubernetesDevelopment,
];

/** The estate to serve, and what was planted in it: for tests and evals only. */
export interface GeneratedTenant {
  tenant: Tenant;
  plants: Plant[];
}

/** In smaller estates networks take half of the room that workloads leave: there, waste and traps say more. */
const leastWithNetworks = 400;
const limits = { resources: [20, 200_000], days: [1, 1100] } as const;

/**
 * An estate of exactly `resources` resources, the same for the same seed, sizes and calendar quarter.
 * Costs of a given day depend on the seed and sizes alone.
 */
export function generateTenant(options: {
  seed: string;
  resources: number;
  days: number;
  now: Temporal.Instant;
}): GeneratedTenant {
  for (const name of ["resources", "days"] as const) {
    const [low, high] = limits[name];
    if (!Number.isInteger(options[name]) || options[name] < low || options[name] > high) {
      throw new AppError("invalid_input", `The sandbox cannot make an estate of ${options[name]} ${name}.`, {
        hint: `Choose a whole number of ${name} from ${low} to ${high}.`,
      });
    }
  }
  const { seed } = options;
  const subscriptionIds = {
    production: stableUuid(seed, "subscription", "production"),
    development: stableUuid(seed, "subscription", "development"),
    shared: stableUuid(seed, "subscription", "shared"),
  };
  const builder = createBuilder(seed, createCalendar(options.now, options.days), subscriptionIds);
  const hasNetworks = options.resources >= leastWithNetworks;
  // What a small estate has first; each round adds those that still fit.
  const order = [
    unattachedDisks,
    unusedAddresses,
    idleVms,
    ...plantings.toSorted((a, b) => random(seed, "order", a.name) - random(seed, "order", b.name)),
    ...workloads,
  ];
  for (let index = 0; ; index++) {
    const round = createRound(index);
    const before = builder.count();
    const fitted = order.filter((workload) =>
      builder.attempt(options.resources, () => {
        const had = { resources: builder.count(), plants: builder.result().plants.length };
        workload(builder, round);
        if (hasNetworks) connectMachines(builder, had, Number.POSITIVE_INFINITY);
      }),
    );
    // A last round of a few small workloads only would be a lopsided copy of the first.
    if (
      fitted.length < order.length ||
      options.resources - builder.count() < (builder.count() - before) / 3
    ) {
      break;
    }
  }
  // Some storage accounts of projects are to remain in the smallest estate.
  const halfFull = () => Math.floor((builder.count() + options.resources) / 2);
  if (!hasNetworks) connectMachines(builder, { resources: 0, plants: 0 }, halfFull());
  const history = addRecentChanges(builder, options.now, hasNetworks ? options.resources : halfFull());
  const host = hostOfUnmanagedDisks(builder);
  if (host) {
    builder.attempt(options.resources, () => {
      const had = { resources: builder.count(), plants: builder.result().plants.length };
      addUnmanagedMachine(builder, host);
      if (hasNetworks) connectMachines(builder, had, Number.POSITIVE_INFINITY);
    });
  }
  fillUp(options.resources);
  const blobHost = host ?? hostOfUnmanagedDisks(builder);
  const blobs = blobHost ? plantUnmanagedDisks(builder, blobHost) : [];
  addRefunds(builder);

  const { resources: built, charges, plants } = builder.result();
  const { resources, plants: faults } = withConfiguration(seed, built);
  return {
    plants: [...plants, ...faults],
    tenant: {
      version: 1,
      name: "Contoso",
      tenantId: stableUuid(seed, "tenant"),
      currency: "USD",
      seed,
      days: options.days,
      subscriptions: [
        { id: subscriptionIds.production, name: "Contoso Production" },
        { id: subscriptionIds.development, name: "Contoso Development" },
        { id: subscriptionIds.shared, name: "Contoso Shared Services" },
      ],
      resources: resources.map((resource) => withActivity(seed, resource)),
      charges,
      history,
      blobs,
      locks: plantedLocks(resources),
      roleAssignments: [{ scope: "/", actions: ["*"], notActions: [] }],
      denyAssignments: [],
    },
  };

  /** The rest, one by one, are storage accounts of projects. */
  function fillUp(target: number): void {
    const where = place(builder, createRound(0), {
      subscription: "development",
      group: "rg-projects",
      application: "projects",
      team: "research",
      environment: "Development",
      costCenter: "CC-3030",
    });
    for (let number = 1; builder.count() < target; number++) {
      addStorageAccount(builder, where, numbered("stproject", createRound(0), number), { monthly: 35 });
    }
  }
}
