import { readFile, stat } from "node:fs/promises";
import { AppError } from "../../../kernel/errors.ts";
import { findContradiction, shown } from "./find-contradiction.ts";
import { Tenant } from "./tenant-schema.ts";

/** More characters than V8 puts into one string (512 MiB) cannot be parsed; an estate of 200,000 resources is less. */
const mostBytes = 500 * 1024 ** 2;
/** Azure's own resources nest a dozen levels. */
const mostLevels = 100;

/** Ignored fields that a warning names. */
const mostTold = 5;

const where = "tools/clouds/sandbox/tenant.schema.json and README.md say what belongs where.";

/**
 * Reads a tenant.json that anyone wrote; says which field is wrong when one is, and how it is mended. `warn` hears of
 * fields that mean nothing here: most are misspelled, and what they were meant to say is not served.
 */
export async function readTenant(
  file: string,
  warn: (message: string) => void = () => undefined,
): Promise<Tenant> {
  const text = await readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new AppError("invalid_input", `The tenant file ${file} is not JSON.`, {
      hint: `Mend it: ${cause instanceof Error ? shown(cause.message) : "unreadable"}.`,
      cause,
    });
  }
  const deep = deepPath(json);
  if (deep) {
    throw new AppError("invalid_input", `The tenant file ${file} is wrong at ${deep}: it nests too deep.`, {
      hint: `Nest at most ${mostLevels} levels.`,
    });
  }
  const parsed = Tenant.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError(
      "invalid_input",
      `The tenant file ${file} is wrong at ${pathOf(issue.path, json) || "its root"}: ${issue.message}.`,
      { hint: `Mend that field. ${where}` },
    );
  }
  const contradiction = findContradiction(parsed.data);
  if (contradiction) {
    const { at, what, hint } = contradiction;
    throw new AppError("invalid_input", `The tenant file ${file} is wrong at ${at}: ${what}.`, { hint });
  }
  const ignored = ignoredPaths(json, parsed.data);
  if (ignored.length > 0) {
    const more = ignored.length > mostTold ? ` and ${ignored.length - mostTold} more` : "";
    warn(`Ignored in ${file}, as no such field is known: ${ignored.slice(0, mostTold).join(", ")}${more}.`);
  }
  return parsed.data;
}

/** Fields of the file that the schema left out. */
function ignoredPaths(json: unknown, kept: unknown, path: readonly string[] = []): string[] {
  if (typeof json !== "object" || json === null || typeof kept !== "object" || kept === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    Object.hasOwn(kept, key)
      ? ignoredPaths(value, (kept as Record<string, unknown>)[key], [...path, key])
      : key === "$schema" || value === undefined
        ? []
        : shown([...path, key].join(".")),
  );
}

async function readText(file: string): Promise<string> {
  const unreadable = (cause: unknown) => {
    throw new AppError("not_found", `The tenant file ${file} cannot be read.`, {
      hint: "Give the path of a tenant.json, as `npm run sandbox -- export --out DIR` writes it.",
      cause,
    });
  };
  const { size } = await stat(file).catch(unreadable);
  if (size > mostBytes) {
    const megabytes = Math.round(size / 1024 ** 2);
    throw new AppError(
      "invalid_input",
      `The tenant file ${file} has ${megabytes} MB, more than can be read.`,
      {
        hint: `Keep it under ${mostBytes / 1024 ** 2} MB: fewer resources, or "fixed" charges for long series.`,
      },
    );
  }
  return readFile(file, "utf8").catch(unreadable);
}

/** "resources.3.usage.cpuDayPercent", with the id of what it is in, which a person finds sooner than a number. */
function pathOf(path: readonly PropertyKey[], json: unknown): string {
  const [list, index, ...rest] = path.map(String);
  if (list === undefined || index === undefined) return list ?? "";
  const items = (json as Record<string, Record<string, unknown>[]>)[list];
  const id = items?.[Number(index)]?.id;
  return `${list}.${index}${typeof id === "string" ? ` (${shown(id)})` : ""}${rest.map((key) => `.${key}`).join("")}`;
}

/** Where a value nests deeper than allowed; without recursion, which such a value would break. */
function deepPath(json: unknown): string | undefined {
  const open: { value: unknown; path: string; level: number }[] = [{ value: json, path: "", level: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, level } = next;
    if (typeof value !== "object" || value === null) continue;
    if (level > mostLevels) return path.split(".").slice(0, 4).join(".");
    for (const [key, member] of Object.entries(value)) {
      if (typeof member === "object" && member !== null) {
        open.push({ value: member, path: path ? `${path}.${key}` : key, level: level + 1 });
      }
    }
  }
  return undefined;
}
