import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openEmbedded } from "@cloudoptima/db/embedded.ts";
import { migrate } from "@cloudoptima/db/migrate.ts";
import { readTenant } from "@cloudoptima/tools/clouds/sandbox/tenant/read-tenant.ts";
import { Truth } from "@cloudoptima/tools/clouds/sandbox/truth-schema.ts";
import { connectSandboxTenant } from "@cloudoptima/tools/discovery/testing/scanned-tenant.ts";
import { readToolsEnv } from "@cloudoptima/tools/env.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { compareTruth, type TypeResult } from "@cloudoptima/tools/recommendations/testing/compare-truth.ts";
import { everyRecommendation } from "@cloudoptima/tools/recommendations/testing/planted.ts";

const usage = `Usage:
  npm run judge -- --tenant FILE --truth FILE
  npm run judge -- [--seed S] [--resources N] [--days D]

Serves a tenant (CLOUDOPTIMA_NOW moves the clock), scans it over HTTPS into an empty database, and holds what is
recommended against what was planted: precision and recall of each type, and the largest error of a saving. Ends
with 1 where a type is under 0.98 or a saving is off by more than 1 %. Of the truth only \`waste\` is read.
`;
const least = 0.98;
const mostError = 0.01;
const Planted = Truth.pick({ waste: true });

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tenant: { type: "string" },
      truth: { type: "string" },
      seed: { type: "string", default: "contoso" },
      resources: { type: "string", default: "300" },
      days: { type: "string", default: "60" },
    },
  });
  if ((values.tenant === undefined) !== (values.truth === undefined)) {
    throw new AppError("invalid_input", "A tenant is judged with its truth.", { hint: usage });
  }
  const filesDir = await mkdtemp(join(tmpdir(), "cloudoptima-judge-"));
  const database = await openEmbedded({ filesDir, onError: (error) => log(error.message) });
  try {
    await migrate(database);
    const tenant = await connectSandboxTenant(database, {
      seed: values.seed,
      resources: Number(values.resources),
      days: Number(values.days),
      now: (readToolsEnv().now ?? Temporal.Now.instant()).toString(),
      ...(values.tenant ? { tenant: await readTenant(values.tenant, log) } : {}),
    });
    try {
      const { waste } = values.truth ? await readPlanted(values.truth) : tenant.truth;
      const { connections } = await tenant.scan();
      for (const { failures } of connections) for (const { message } of failures) log(message);
      const { types, differences } = compareTruth(waste, await everyRecommendation(tenant), mostError);
      process.stdout.write(`${JSON.stringify({ types, differences }, null, 2)}\n`);
      for (const one of types) log(line(one));
      process.exitCode = types.every(isGood) ? 0 : 1;
    } finally {
      await tenant.close();
    }
  } finally {
    await database.close();
    await rm(filesDir, { recursive: true, force: true });
  }
}

async function readPlanted(file: string) {
  const json = await readFile(file, "utf8")
    .then((text): unknown => JSON.parse(text))
    .catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : "unreadable";
      throw new AppError("invalid_input", `The truth ${file} cannot be read: ${reason}.`, {
        hint: usage,
        cause,
      });
    });
  const parsed = Planted.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new AppError(
    "invalid_input",
    `The truth ${file} is wrong at ${issue.path.join(".")}: ${issue.message}.`,
    {
      hint: "tools/clouds/sandbox/truth.schema.json says what belongs where.",
    },
  );
}

const isGood = ({ precision, recall, savingsError }: TypeResult) =>
  precision >= least && recall >= least && savingsError <= mostError;

const line = (one: TypeResult) =>
  `${isGood(one) ? "ok    " : "FAILED"} ${one.type.padEnd(28)} planted ${one.plantedCount}, found ${one.foundCount}, ` +
  `precision ${one.precision.toFixed(3)}, recall ${one.recall.toFixed(3)}, savings off by ${(one.savingsError * 100).toFixed(2)} % at most`;

function log(message: string): void {
  process.stderr.write(`${message}\n`);
}

main().catch((error: unknown) => {
  const failure = AppError.from(error);
  log(`${failure.message}${failure.hint ? `\n${failure.hint}` : ""}`);
  process.exitCode = 2;
});
