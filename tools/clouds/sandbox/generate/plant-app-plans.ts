import { pick } from "../tenant/random.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfHourly } from "./catalog.ts";
import { developmentPlace } from "./places.ts";
import { type AppServiceSku, appServicePrices } from "./platform-prices.ts";
import { numbered, type Workload } from "./workload.ts";

/** Plans without apps, and plans that cost nothing or have one. */
export const appServicePlans: Workload = (builder, round) => {
  const dev = developmentPlace(builder, round);
  const sku = pick(["B1", "S1", "P0v3", "P1v3"] as const, builder.seed, "empty-plan", round.index);
  const empty = addPlan(builder, dev, numbered("plan-dev-campaign", round, 1), { sku, sites: 0 });
  builder.plant({
    kind: "waste",
    type: "empty_app_service_plan",
    resourceId: empty,
    since: builder.calendar.beforeQuarter(40),
    why: "Its apps were deleted; the plan is billed as before.",
  });
  const free = addPlan(builder, dev, numbered("plan-dev-free", round, 1), { sku: "F1", sites: 0 });
  const used = addPlan(builder, dev, numbered("plan-dev-docs", round, 1), { sku: "S1", sites: 1 });
  builder.add(dev, {
    type: "Microsoft.Web/sites",
    name: numbered("app-dev-docs", round, 1),
    kind: "app,linux",
    properties: { state: "Running", httpsOnly: true, serverFarmId: used, enabled: true },
  });
  for (const [resourceId, why] of [
    [free, "Empty, but its tier is free."],
    [used, "An app runs on it."],
  ] as const) {
    builder.plant({ kind: "trap", type: "empty_app_service_plan", resourceId, why });
  }
};

function addPlan(
  builder: Builder,
  place: Place,
  name: string,
  { sku, sites }: { sku: AppServiceSku | "F1"; sites: number },
): string {
  const price = sku === "F1" ? undefined : appServicePrices[sku];
  const plan = builder.add(place, {
    type: "Microsoft.Web/serverfarms",
    name,
    kind: "linux",
    sku: { name: sku, tier: price ? price.plan.replace(" v3", "V3") : "Free", capacity: price ? 1 : 0 },
    properties: { numberOfSites: sites, status: "Ready", reserved: true },
  });
  if (price) {
    builder.charge(plan, {
      service: "Azure App Service",
      meterSubCategory: `${price.plan} Plan`,
      meter: `${sku} App`,
      amount: { kind: "fixed", daily: dailyOfHourly(price.linux) },
    });
  }
  return plan.id;
}
