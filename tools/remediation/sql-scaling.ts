import type { LiveResource } from "../clouds/cloud.ts";
import type { ResourceChange } from "../clouds/cloud-write.ts";
import { readProperty, readText } from "../clouds/read-property.ts";
import type { ActionStep, JsonRecord } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";
import { isProduction } from "./is-production.ts";

/** "S2", "GP_Gen5_4", "GP_S_Gen5_4": what a database is now, provisioned or serverless; null: it is not told. */
function objectiveOf(live: LiveResource | null): string | null {
  return readText(live?.properties, "currentServiceObjectiveName") ?? null;
}

/** Refuses databases whose objective is not their own, and those that Azure is at work on. */
export function refuseUnscalable(live: LiveResource): void {
  if (readProperty(live.properties, "elasticPoolId")) {
    throw new AppError("unsupported", `${live.name} is in an elastic pool.`, {
      hint: "Its pool has the size.",
    });
  }
  if (live.status !== "online") {
    throw new AppError("conflict", `${live.name} is ${live.status ?? "in an unknown state"}, not online.`, {
      hint: "Try it when it is online.",
    });
  }
}

/** Gives a database another objective; Azure moves its data while it stays online. */
export function scaleStep(
  wanted: (parameters: JsonRecord) => { objective: string; change: ResourceChange },
): ActionStep {
  return {
    name: "scale",
    submit: ({ cloud, resourceId, live, parameters, signal }) =>
      cloud.update(resourceId, wanted(parameters).change, live?.etag ?? null, signal),
    async verify({ live, parameters }) {
      if (live === null) return "unknown";
      const { objective } = wanted(parameters);
      if (objectiveOf(live) === objective) return "done";
      const asked = readText(live.properties, "requestedServiceObjectiveName");
      return asked === objective || live.status === "scaling" ? "under_way" : "not_done";
    },
  };
}

/** What must be as it was planned wherever a database gets another objective. */
export function databaseDrift(live: LiveResource | null): JsonRecord {
  return {
    objective: objectiveOf(live),
    elasticPool: readText(live?.properties, "elasticPoolId")?.toLowerCase() ?? null,
    // Another database made under the same name has another one.
    databaseId: readText(live?.properties, "databaseId") ?? null,
    production: live && isProduction(live), // the risk that people approved
  };
}
