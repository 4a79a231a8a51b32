import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import type { ResourceChange } from "../../clouds/cloud-write.ts";
import { readProperty } from "../../clouds/read-property.ts";
import {
  type ActionReader,
  type ActionStep,
  defineAction,
  type JsonRecord,
} from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import {
  capacityOf,
  mostBytes,
  objectiveName,
  parseObjective,
  readObjective,
  type SqlObjective,
  skuOf,
  takes,
} from "../../recommendations/sql-database.ts";
import { changeRisk } from "../change-risk.ts";
import { highestInLastHour } from "../highest-in-last-hour.ts";
import { databaseDrift, refuseUnscalable, scaleStep } from "../sql-scaling.ts";
import { targetChoice } from "../target-choice.ts";
import { tooBusyFor } from "../too-busy-for.ts";

/** What it is now and becomes; sizes in bytes are what its data may grow to, null where Azure names none. */
const Parameters = z.object({
  from: z.string(),
  to: z.string(),
  maxBytesFrom: z.number().nullable(),
  maxBytesTo: z.number().nullable(),
});
const gib = 1024 ** 3;
const operations = ["Microsoft.Sql/servers/databases/write"];

/**
 * Gives single SQL databases another service objective of their tier; Azure moves the data while it stays online.
 * Source: learn.microsoft.com, "Scale single database resources in Azure SQL Database".
 */
export default defineAction({
  name: "resize_database",
  version: 1,
  title: "Resize SQL databases",
  examples: [
    "right-size the SQL databases",
    "scale down the oversized databases",
    "resize the database vouchers",
  ],
  resourceType: "microsoft.sql/servers/databases",
  resolves: ["database_rightsizing"],
  operations,
  headline: (count) => (count === 1 ? "Resize 1 SQL database" : `Resize ${count} SQL databases`),
  input: z.object(targetChoice),

  async plan(_reader, live, { to = "" }) {
    refuseUnscalable(live);
    const [current, target] = [readObjective(live), parseObjective(to)];
    if (!current || !target || !isSameLadder(current, target)) {
      throw new AppError("unsupported", `${live.name} cannot become ${to} by a change of size alone.`, {
        hint: `It is ${current ? objectiveName(current) : "serverless, in a pool or of a kind with one size"}; choose an objective of the same tier, such as S2 or GP_Gen5_4.`,
      });
    }
    const [from, becomes] = [objectiveName(current), objectiveName(target)];
    if (from === becomes) {
      throw new AppError("conflict", `${live.name} is ${from} already.`, {
        hint: "There is nothing to change.",
      });
    }
    const maxBytesFrom = maxBytesOf(live);
    const most = mostBytes(target);
    const lowered = maxBytesFrom !== null && most !== null && most < maxBytesFrom;
    return {
      parameters: { from, to: becomes, maxBytesFrom, maxBytesTo: lowered ? most : maxBytesFrom },
      effects: [
        `${from} becomes ${becomes}.`,
        ...(lowered
          ? [
              `Its data may grow to ${most / gib} GiB, which is all that ${becomes} takes, instead of ${maxBytesFrom / gib}.`,
            ]
          : []),
        "It stays online while Azure moves it; at the end open connections are cut once, and what runs then is rolled back.",
        "If it is replicated, scale its replicas alike.",
      ],
      risk: changeRisk("resize_database", live),
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields,
    checkEvidence: (reader, live, parameters) => speaksAgainst(reader, live, Parameters.parse(parameters).to),
    steps: [scaleTo("to")],
  },

  undo: {
    describe: (parameters) => `Scale it back to ${Parameters.parse(parameters).from}.`,
    headline: (count) => (count === 1 ? "Resize 1 SQL database back" : `Resize ${count} SQL databases back`),
    effects: (parameters) => [
      `It becomes ${Parameters.parse(parameters).from} again; open connections are cut once.`,
    ],
    until: () => null,
    operations,
    driftFields,
    checkEvidence: (reader, live, parameters) =>
      speaksAgainst(reader, live, Parameters.parse(parameters).from),
    steps: [scaleTo("from")],
  },
});

function scaleTo(which: "from" | "to"): ActionStep {
  return scaleStep((parameters) => ({
    objective: Parameters.parse(parameters)[which],
    change: definitionOf(parameters, which),
  }));
}

function definitionOf(parameters: JsonRecord, which: "from" | "to"): ResourceChange {
  const { from, to, maxBytesFrom, maxBytesTo } = Parameters.parse(parameters);
  const maxSizeBytes = which === "to" ? maxBytesTo : maxBytesFrom;
  const sku = skuOf(parseObjective(which === "to" ? to : from)!);
  return maxBytesFrom === maxBytesTo ? { sku } : { sku, properties: { maxSizeBytes } };
}

const maxBytesOf = (live: LiveResource | null): number | null => {
  const bytes = readProperty(live?.properties, "maxSizeBytes");
  return typeof bytes === "number" ? bytes : null;
};

/** Another tier is another database in what it can and what it costs beside. */
const isSameLadder = (current: SqlObjective, target: SqlObjective) =>
  current.model === "dtu" && target.model === "dtu"
    ? current.objective[0] === target.objective[0]
    : current.model === "vcore" &&
      target.model === "vcore" &&
      current.tier === target.tier &&
      current.family === target.family;

function driftFields(live: LiveResource | null): JsonRecord {
  return { ...databaseDrift(live), status: live?.status ?? null, maxSizeBytes: maxBytesOf(live) };
}

/** Its data, and what it did in the last hour, have to fit. */
async function speaksAgainst(
  reader: ActionReader,
  live: LiveResource | null,
  to: string,
): Promise<string | null> {
  const [current, target] = [live && readObjective(live), parseObjective(to)];
  if (!live || !current || !target) return null;
  const stored = await highestInLastHour(reader, live, "storage_bytes");
  const most = maxBytesOf(live);
  if (stored === null && most !== null && !takes(target, most)) {
    return `how much it stores is not known, so nobody can tell that ${to} takes it.`;
  }
  if (stored !== null && !takes(target, stored)) return `it stores more than ${to} takes.`;
  return tooBusyFor(to, reader, live, {
    metric: current.model === "dtu" ? "dtu_percent" : "cpu_percent",
    from: capacityOf(current),
    to: capacityOf(target),
  });
}
