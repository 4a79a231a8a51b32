import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readToolsEnv } from "../../env.ts";
import { AppError } from "../../kernel/errors.ts";
import type { ExportSet } from "./cost/cost-exports.ts";
import { exportEstate } from "./export-estate.ts";
import { schemaFiles } from "./schema-files.ts";
import { startSandbox } from "./start-sandbox.ts";
import { readTenant } from "./tenant/read-tenant.ts";

const usage = `Usage:
  npm run sandbox -- start  [--tenant FILE | --seed S --resources N --days D] [--quotas azure|raised] [--port P]
                          [--exports focus|pair]
  npm run sandbox -- export --out DIR [--seed S] [--resources N] [--days D]
  npm run sandbox -- schemas

start serves an Azure tenant on https://127.0.0.1 and prints one JSON object with the origin, the certificate
to trust, the credentials and the secret of the /_sandbox/ routes; with --exports the estate writes cost exports
into the container "exports" of the storage account "costexports". export writes tenant.json and truth.json.
schemas rewrites tenant.schema.json and truth.schema.json beside the source. CLOUDOPTIMA_NOW moves the clock.
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const fixed = readToolsEnv().now;
  const now = () => fixed ?? Temporal.Now.instant();
  const size = {
    seed: values.seed,
    resources: wholeNumber("--resources", values.resources),
    days: wholeNumber("--days", values.days),
  };
  switch (positionals[0]) {
    case "export": {
      if (!values.out) throw new AppError("invalid_input", "export needs --out DIR.", { hint: usage });
      const files = await exportEstate({ ...size, now: now(), directory: values.out });
      print({ files });
      return;
    }
    case "schemas":
      for (const [name, text] of Object.entries(schemaFiles())) {
        await writeFile(join(import.meta.dirname, name), text);
      }
      return;
    case "start": {
      if (values.quotas !== "azure" && values.quotas !== "raised") {
        throw new AppError("invalid_input", `--quotas cannot be "${values.quotas}".`, {
          hint: "Use azure or raised.",
        });
      }
      const sandbox = await startSandbox({
        ...size,
        ...(values.tenant ? { tenant: await readTenant(values.tenant, warn) } : {}),
        now,
        quotas: values.quotas,
        ...exportsOf(values.exports),
        port: wholeNumber("--port", values.port),
      });
      const { origin, ca, tenantName, credentials, subscriptionIds, controlSecret } = sandbox;
      print({ origin, tenantName, credentials, subscriptionIds, controlSecret, ca });
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.close());
      return;
    }
    default:
      throw new AppError("invalid_input", "Say what the sandbox should do.", { hint: usage });
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        tenant: { type: "string" },
        seed: { type: "string", default: "contoso" },
        resources: { type: "string", default: "300" },
        days: { type: "string", default: "395" },
        out: { type: "string" },
        quotas: { type: "string", default: "azure" },
        port: { type: "string", default: "0" },
        exports: { type: "string" },
      },
    });
  } catch (cause) {
    throw new AppError("invalid_input", cause instanceof Error ? cause.message : "Unreadable arguments.", {
      hint: usage,
      cause,
    });
  }
}

function exportsOf(set: string | undefined): { exports?: ExportSet } {
  if (set === undefined) return {};
  if (set === "focus" || set === "pair") return { exports: set };
  throw new AppError("invalid_input", `--exports cannot be "${set}".`, {
    hint: "Use focus, or pair for actual and amortized cost.",
  });
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0) {
    throw new AppError("invalid_input", `${name} must be a whole number, not "${text}".`);
  }
  return value;
}

function warn(message: string): void {
  process.stderr.write(`${message}\n`);
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

main().catch((error: unknown) => {
  const failure = AppError.from(error);
  process.stderr.write(`${failure.message}${failure.hint ? `\n${failure.hint}` : ""}\n`);
  process.exitCode = failure.code === "invalid_input" ? 2 : 1;
});
