import { type At, type estateByHand, monthOf } from "./estate-by-hand.ts";

const gib = 1024 ** 3;

/** What Nordwind has of App Service and SQL. */
export function addPlatform(by: ReturnType<typeof estateByHand>, main: string): void {
  const plan = (name: string, sku: { name: string; tier: string; capacity?: number }, properties = {}) => {
    const id = by.add([main, "rg-web", "Microsoft.Web/serverfarms", name], { sku, properties });
    if (sku.tier !== "Free") by.cost(id, "Azure App Service", "2.3");
    return id;
  };
  const paidTier = { name: "S1", tier: "Standard", capacity: 1 };
  by.waste("empty_app_service_plan", plan("plan-empty", paidTier, { numberOfSites: 0 }), monthOf(2.3));
  by.waste("empty_app_service_plan", plan("plan-untold", paidTier), monthOf(2.3));
  by.trap(
    "empty_app_service_plan",
    plan("plan-free", { name: "F1", tier: "Free" }, { numberOfSites: 0 }),
    "Free.",
  );
  const functions = plan("plan-functions", { name: "EP1", tier: "ElasticPremium", capacity: 1 });
  by.add([main, "rg-web", "Microsoft.Web/sites", "func-orders"], {
    kind: "functionapp,linux",
    properties: { serverFarmId: functions.toUpperCase(), state: "Running" },
  });
  by.trap("empty_app_service_plan", functions, "A function app runs on it.");
  const slots = plan("plan-slots", paidTier, { numberOfSites: 0 });
  by.add([main, "rg-web", "Microsoft.Web/sites/slots", "func-orders/next"], {
    kind: "app",
    properties: { serverFarmId: slots, state: "Running" },
  });
  by.trap("empty_app_service_plan", slots, "A slot runs on it.");

  const server: At = [main, "rg-data", "Microsoft.Sql/servers", "sql-nordwind"];
  by.add(server, { properties: { version: "12.0", state: "Ready" } });
  const database = (name: string, load: number, sessions: [number, number], properties = {}, sku = {}) => {
    const id = by.add([main, "rg-data", "Microsoft.Sql/servers/databases", `sql-nordwind/${name}`], {
      sku: { name: "GP_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity: 4, ...sku },
      properties: { status: "Online", currentServiceObjectiveName: "GP_Gen5_4", ...properties },
      activity: [
        { metric: "cpu_percent", day: load, night: sessions[1] === 0 ? 0 : load },
        { metric: "sessions_percent", day: sessions[0], night: sessions[1] },
        { metric: "storage", day: 20 * gib, night: 20 * gib, peak: 20 * gib },
      ],
    });
    by.cost(id, "SQL Database", "18");
    return id;
  };
  by.waste("database_rightsizing", database("catalogue", 15, [20, 20]), monthOf(9));
  for (const [name, why, properties] of [
    ["catalogue-geo", "A geo replica.", { secondaryType: "Geo" }],
    [
      "pooled",
      "In an elastic pool.",
      { elasticPoolId: `${main}/pool`, currentServiceObjectiveName: "ElasticPool" },
    ],
  ] as const) {
    by.trap("database_rightsizing", database(name, 15, [20, 20], properties), why);
  }
  const scheduler = database("scheduler", 60, [10, 0]);
  by.add([main, "rg-data", "Microsoft.Sql/servers/jobAgents", "sql-nordwind/agent"], {
    properties: { databaseId: scheduler, state: "Ready" },
  });
  by.trap("serverless_candidate", scheduler, "Elastic jobs keep it awake.");
}
