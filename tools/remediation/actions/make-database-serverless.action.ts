import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readText } from "../../clouds/read-property.ts";
import { defineAction, type JsonRecord } from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import {
  leastPauseMinutes,
  objectiveName,
  parseObjective,
  readObjective,
  skuOf,
} from "../../recommendations/sql-database.ts";
import { changeRisk } from "../change-risk.ts";
import { databaseDrift, refuseUnscalable, scaleStep } from "../sql-scaling.ts";
import { targetChoice } from "../target-choice.ts";

const Parameters = z.object({
  from: z.string(),
  to: z.string(),
  autoPauseDelayMinutes: z.number(),
  minCapacity: z.number(),
});
const operations = ["Microsoft.Sql/servers/databases/write"];

/** Azure's own default, where neither a recommendation nor a person says another. */
const usualPauseMinutes = 60;
const mostPauseMinutes = 7 * 24 * 60;

/**
 * Makes single vCore databases serverless with as many vCores as they have: billed for what they use, paused when
 * nobody asks. Source: learn.microsoft.com, "Serverless compute tier for Azure SQL Database".
 */
export default defineAction({
  name: "make_database_serverless",
  version: 1,
  title: "Make SQL databases serverless",
  examples: [
    "move the SQL databases that nobody uses most hours to serverless",
    "change the database timesheets to serverless",
  ],
  resourceType: "microsoft.sql/servers/databases",
  resolves: ["serverless_candidate"],
  operations,
  headline: (count) =>
    count === 1 ? "Make 1 SQL database serverless" : `Make ${count} SQL databases serverless`,
  input: z.object({
    ...targetChoice,
    pauseAfterMinutes: z
      .int()
      .min(15)
      .max(mostPauseMinutes)
      .optional()
      .describe("Serverless: idle minutes before it pauses"),
  }),

  async plan(_reader, live, { to = "", pauseAfterMinutes: autoPauseDelayMinutes = usualPauseMinutes }) {
    refuseUnscalable(live);
    const awake = keptAwakeBy(live);
    if (awake) throw new AppError("unsupported", `${live.name} ${awake}.`, { hint: "It was left out." });
    const current = readObjective(live);
    if (current?.model !== "vcore" || current.tier === "BusinessCritical") {
      throw new AppError("unsupported", `${live.name} has no serverless form.`, {
        hint: "Only provisioned General Purpose and Hyperscale databases have one.",
      });
    }
    const from = objectiveName(current);
    const target = from.replace("_", "_S_");
    if (to.toLowerCase() !== target.toLowerCase()) {
      throw new AppError("unsupported", `${live.name} is ${from}; as ${to} it would be of another size.`, {
        hint: `Its serverless form is ${target}; resize it apart from that.`,
      });
    }
    const least = leastPauseMinutes(current.tier);
    if (autoPauseDelayMinutes < least) {
      throw new AppError("unsupported", `${live.name} cannot pause after ${autoPauseDelayMinutes} minutes.`, {
        hint: `The least that Azure takes for its tier is ${least}.`,
      });
    }
    const minCapacity = Math.max(0.5, current.vcores / 8);
    return {
      parameters: { from, to: target, autoPauseDelayMinutes, minCapacity },
      effects: [
        `${from} becomes ${target}: billed by the second for what it uses, at least ${minCapacity} vCores while it is awake.`,
        `After ${autoPauseDelayMinutes} minutes without anybody it pauses and costs only its storage; the first connection then fails or waits up to a minute, so clients have to try again.`,
        "It stays online while Azure moves it; at the end open connections are cut once, and what runs then is rolled back.",
        "Used around the clock it would cost more than now.",
      ],
      risk: changeRisk("make_database_serverless", live),
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields: databaseDrift,
    checkEvidence: async (_reader, live) => {
      const awake = live && (stateAgainst(live) ?? keptAwakeBy(live));
      return awake && `it ${awake}.`;
    },
    steps: [
      scaleStep((parameters) => {
        const { to, ...rest } = Parameters.parse(parameters);
        return {
          objective: to,
          change: {
            sku: serverlessSku(rest.from, to),
            properties: { autoPauseDelay: rest.autoPauseDelayMinutes, minCapacity: rest.minCapacity },
          },
        };
      }),
    ],
  },

  undo: {
    describe: (parameters) => `Make it ${Parameters.parse(parameters).from} again, billed in every hour.`,
    headline: (count) =>
      count === 1 ? "Make 1 SQL database provisioned again" : `Make ${count} SQL databases provisioned again`,
    effects: (parameters) => [
      `It becomes ${Parameters.parse(parameters).from} again; open connections are cut once.`,
    ],
    until: () => null,
    operations,
    driftFields: databaseDrift,
    // A paused one wakes up for it.
    checkEvidence: async (_reader, live) => {
      const against = live && stateAgainst(live);
      return against && `it ${against}.`;
    },
    steps: [
      scaleStep((parameters) => {
        const { from } = Parameters.parse(parameters);
        return { objective: from, change: { sku: skuOf(parseObjective(from)!) } };
      }),
    ],
  },
});

/** As ARM takes it: {"name":"GP_S_Gen5","tier":"GeneralPurpose","family":"Gen5","capacity":4}. */
function serverlessSku(from: string, to: string): JsonRecord {
  return { ...skuOf(parseObjective(from)!), name: to.replace(/_\d+$/, "") };
}

function stateAgainst({ status }: LiveResource): string | null {
  return status === "online" || status === "paused" ? null : `is ${status ?? "in an unknown state"} now`;
}

/** Why it could not pause, or would lose by it, as the end of a sentence after its name. */
function keptAwakeBy({ properties }: LiveResource): string | null {
  if (["failoverGroupId", "secondaryType"].some((name) => readText(properties, name))) {
    return "is replicated, and such a database cannot pause";
  }
  return /^baseprice$/i.test(readText(properties, "licenseType") ?? "")
    ? "uses an own licence (Azure Hybrid Benefit), which serverless does not take"
    : null;
}
