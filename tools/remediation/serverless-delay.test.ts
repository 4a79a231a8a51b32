import { expect, test } from "vitest";
import type { LiveResource } from "../clouds/cloud.ts";
import type { ActionReader } from "../kernel/define-action.ts";
import action from "./actions/make-database-serverless.action.ts";

const database = (objective: string) =>
  ({
    id: "/subscriptions/s/databases/reports",
    name: "reports",
    status: "online",
    tags: {},
    properties: { currentServiceObjectiveName: objective },
  }) as unknown as LiveResource;
// Nothing but the database itself is asked.
const reader = {} as ActionReader;
const plan = (objective: string, pauseAfterMinutes?: number) =>
  action.plan(reader, database(objective), {
    to: objective.replace("_", "_S_"),
    ...(pauseAfterMinutes === undefined ? {} : { pauseAfterMinutes }),
  });

test.each([
  ["GP_Gen5_4", 15],
  ["HS_Gen5_4", 60],
])("%s may pause after %i minutes at the least", async (objective, least) => {
  expect((await plan(objective, least)).parameters).toMatchObject({ autoPauseDelayMinutes: least });
  await expect(plan(objective, least - 1)).rejects.toMatchObject({ code: "unsupported" });
});

test("where nobody says a delay, it is Azure's own default", async () => {
  expect((await plan("GP_Gen5_4")).parameters).toMatchObject({ autoPauseDelayMinutes: 60 });
});
