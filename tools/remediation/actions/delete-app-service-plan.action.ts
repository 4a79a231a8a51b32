import { z } from "zod";
import { readProperty } from "../../clouds/read-property.ts";
import { defineAction } from "../../kernel/define-action.ts";
import { changeRisk } from "../change-risk.ts";
import { deletion } from "../deletion.ts";

const { parameters, ...change } = deletion({
  nouns: ["App Service plan", "App Service plans"],
  operation: "Microsoft.Web/serverfarms",
  properties: [
    "kind",
    "reserved",
    "isXenon",
    "hyperV",
    "perSiteScaling",
    "zoneRedundant",
    "elasticScaleEnabled",
    "maximumElasticWorkerCount",
    "targetWorkerCount",
    "targetWorkerSizeId",
    "hostingEnvironmentProfile",
  ],
  neededFor({ properties }) {
    const sites = readProperty(properties, "numberOfSites");
    if (typeof sites !== "number") return "does not tell how many apps it has";
    return sites > 0 ? "has apps on it" : null;
  },
  undoEffects: ["It costs again."],
});

/** Deletes App Service plans on which no app runs. */
export default defineAction({
  name: "delete_app_service_plan",
  version: 1,
  title: "Delete App Service plans",
  examples: ["delete the empty app service plans", "remove the app service plans without apps"],
  resourceType: "microsoft.web/serverfarms",
  resolves: ["empty_app_service_plan"],
  input: z.object({}),
  plan: async (_reader, live) => ({
    parameters: parameters(live),
    effects: ["Autoscale rules and deployments that name it lead nowhere until it is made again."],
    risk: changeRisk("delete_app_service_plan", live),
    reversible: true,
    createdMonthlyCost: null,
  }),
  ...change,
});
