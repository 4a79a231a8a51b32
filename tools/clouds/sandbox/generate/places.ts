import type { Builder, Place } from "./builder.ts";
import { place, type Round } from "./workload.ts";

/** Where developers try things. */
export function developmentPlace(builder: Builder, round: Round): Place {
  return place(builder, round, {
    subscription: "development",
    group: "rg-lab",
    application: "webshop",
    team: "web",
    environment: "Development",
    costCenter: "CC-3010",
  });
}

/** Where the orders' systems run. */
export function productionPlace(builder: Builder, round: Round): Place {
  return place(builder, round, {
    subscription: "production",
    group: "rg-data-prod",
    application: "orders",
    team: "data",
    environment: "Production",
    costCenter: "CC-1020",
  });
}
