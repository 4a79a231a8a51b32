import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** What PostgreSQL keeps in a session beyond a transaction: under a pooler in transaction mode it is somebody else's next. */
const sessionState: Record<string, RegExp> = {
  "a setting": /["'`;]\s*set\s+(?!local\b|transaction\b|constraints\b)(session\s|role\b|["\w.]+\s*(=|to)\s)/,
  "a setting by function": /\bset_config\s*\((?:[^()]|\([^()]*\))*,\s*false\s*\)/,
  "a lock": /\bpg_(try_)?advisory_(lock|unlock)\b/,
  "a channel": /["'`;]\s*(un)?listen\s+["\w$]/,
  "a prepared statement": /["'`;]\s*(prepare|deallocate)\s+\w|\bquery\(\s*\{[^}]*\bname:/,
  "a temporary table": /\bcreate\s+temp(orary)?\s+table\b(?!.*on commit drop)/,
  "a cursor": /\bwith\s+hold\b/,
};
// Only what speaks SQL to PostgreSQL (in lower case, as all of it here): prose may say anything.
const speaksSql = /\bsql(\.raw)?[`(<]|(client|pool|connection)\.query\(/;

/** Decided, each with its reason. */
const exceptions: Record<string, string> = {
  "db/events.ts a channel": "LISTEN has a connection of its own, to the server itself and past any pooler",
};

function findings(path: string, text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, "$1");
  return Object.entries(sessionState).flatMap(([what, pattern]) =>
    pattern.test(code) ? [`${path} ${what}`] : [],
  );
}

describe("state that a database session would keep", () => {
  it.each([
    ["a setting", "sql`set search_path = x`"],
    ["a setting", '"set session characteristics as transaction read only"'],
    ["a setting", '"set role other"'],
    ["a setting by function", "sql`select set_config('app.organization_id', $1, false)`"],
    ["a lock", "select pg_try_advisory_lock($1)"],
    ["a channel", '"listen x"'],
    ["a prepared statement", 'client.query({ name: "q", text })'],
    ["a temporary table", "create temporary table t (a int)"],
  ])("is found: %s in %s", (what, code) => {
    expect(findings("x.ts", code)).toEqual([`x.ts ${what}`]);
  });

  it.each([
    "sql`select set_config('role', $1, true), set_config('app.organization_id', $2, true)`",
    '"set local statement_timeout = 0"',
    "select pg_advisory_xact_lock(1)",
    "update t set a = 1",
    "sql`update t\n set a = 1`",
    "create temporary table t (a int) on commit drop",
    "  // set role other",
  ])("is not seen in %s", (code) => {
    expect(findings("x.ts", code)).toEqual([]);
  });

  it("is in no source of the product, but for what was decided", () => {
    const paths = globSync(
      ["{db,tools,agent,mcp-server,bots}/**/*.{ts,sql}", "web/{server,lib}/**/*.ts", "web/*.ts"],
      {
        cwd: root,
        exclude: (path) => /node_modules|\.next|testing/.test(path),
      },
    ).filter((path) => !/\.test\.ts$|^db\/migrations\//.test(path));
    expect(paths.length).toBeGreaterThan(500);
    const found = paths.flatMap((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return speaksSql.test(text) || path.endsWith(".sql") ? findings(path, text) : [];
    });
    expect(found).toEqual(Object.keys(exceptions));
  });
});
