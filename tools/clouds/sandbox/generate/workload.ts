import { pick } from "../tenant/random.ts";
import type { Builder, Place, SubscriptionKey } from "./builder.ts";

/** One round of building the estate. Larger estates repeat the workloads under other names and regions. */
export interface Round {
  index: number;
  /** "" in the first round, then "-02", "-03" … */
  suffix: string;
  region: string;
}

export type Workload = (builder: Builder, round: Round) => void;

const regions = ["westeurope", "eastus", "germanywestcentral", "uksouth", "westus3", "southeastasia"];

export function createRound(index: number): Round {
  return {
    index,
    suffix: index === 0 ? "" : `-${String(index + 1).padStart(2, "0")}`,
    region: regions[index % regions.length]!,
  };
}

/** Where a workload lives, with the tags its team gives it. */
export function place(
  builder: Builder,
  round: Round,
  spec: {
    subscription: SubscriptionKey;
    group: string;
    application: string;
    team: string;
    environment: "Production" | "Development" | "Test" | "Shared";
    costCenter: string;
    region?: string;
  },
): Place {
  const owners = [spec.team, spec.team, "platform", "operations"];
  return {
    subscription: spec.subscription,
    group: `${spec.group}${round.suffix}`,
    region: spec.region ?? round.region,
    tags: {
      Environment: spec.environment,
      Team: spec.team,
      CostCenter: spec.costCenter,
      Application: spec.application,
      Owner: `${pick(owners, builder.seed, spec.group, round.index)}@contoso.example`,
    },
  };
}

/** web → vm-web-01, with the round's suffix before the number. */
export function numbered(prefix: string, round: Round, number: number): string {
  return `${prefix}${round.suffix}-${String(number).padStart(3, "0")}`;
}
