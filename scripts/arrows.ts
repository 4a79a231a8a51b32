import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

export interface Import {
  /** Paths from the root, with forward slashes. */
  from: string;
  to: string;
  typeOnly: boolean;
}

interface ArrowRule {
  why: string;
  from: RegExp;
  except?: RegExp;
  to: RegExp;
}

const isTest = /\.test\.tsx?$|(^|\/)testing(\/|\.ts$)|^web\/browser\//;

/** The arrows of the house: db <- tools <- agent <- {bots, web} <- evals, and tools <- mcp-server. */
const arrowRules: readonly ArrowRule[] = [
  { why: "db is the lowest layer", from: /^db\//, to: /^(tools|agent|mcp-server|bots|web|evals)\// },
  {
    why: "tools use db and nothing above them",
    from: /^tools\//,
    to: /^(agent|mcp-server|bots|web|evals)\//,
  },
  { why: "agent uses tools and no face", from: /^agent\//, to: /^(mcp-server|bots|web|evals)\// },
  { why: "mcp-server serves tools alone", from: /^mcp-server\//, to: /^(agent|bots|web|evals)\// },
  { why: "faces never import each other", from: /^bots\//, to: /^(mcp-server|web|evals)\// },
  {
    why: "faces never import each other; web/server.ts alone is the composition root",
    from: /^web\//,
    except: /^web\/server\.ts$/,
    to: /^(mcp-server|bots|evals)\//,
  },
  {
    why: "only tools read the database; everything else goes through ToolService.invoke",
    from: /^(agent|mcp-server|bots|web)\//,
    except: isTest,
    to: /^db\//,
  },
  {
    why: "what was planted in the sandbox is for tests and evals alone",
    from: /^(db|tools|agent|mcp-server|bots|web)\//,
    except: new RegExp(`${isTest.source}|^tools/clouds/sandbox/`),
    to: /^tools\/.*truth/,
  },
  {
    why: "a decision is no tool: tools/product.ts hands it to the faces of people, and nothing else does",
    from: /./,
    except: new RegExp(`${isTest.source}|^tools/product\\.ts$`),
    to: /^tools\/decide\.ts$/,
  },
  {
    why: "only tools/decide.ts records decisions",
    from: /./,
    except: /^tools\/decide\.ts$/,
    to: /^db\/gate\.ts$/,
  },
  {
    why: "only the store of a run moves an approved plan on",
    from: /./,
    except: /^tools\/remediation\/(run-store|look-again)\.ts$/,
    to: /^db\/worker-role\.ts$/,
  },
  {
    why: "only the worker gets the write half of a cloud",
    from: /./,
    except: new RegExp(`${isTest.source}|^tools/product\\.ts$`),
    to: /^tools\/clouds\/connect-write\.ts$/,
  },
  {
    why: "what sees passwords, sessions and people of every organization is for sign-in alone",
    from: /./,
    except: new RegExp(`${isTest.source}|^tools/access/`),
    to: /^db\/access\.ts$/,
  },
  {
    why: "test helpers stay in tests",
    from: /^(db|tools|agent|mcp-server|bots|web)\//,
    except: isTest,
    to: isTest,
  },
];

const packages = ["db", "tools", "agent", "mcp-server", "bots", "web", "evals"];
const importStatement =
  /(?:^|[;\n])\s*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)|new URL\(\s*["'](\.[^"']+\.ts)["']/g;

/** Every import of our own files by our own files, also dynamic ones and those of worker threads. */
export function readImports(root: string): Import[] {
  const files = packages.flatMap((name) =>
    globSync(`${name}/**/*.{ts,tsx,mts,mjs}`, {
      cwd: root,
      exclude: (path) => /(^|\/)(node_modules|\.next)(\/|$)/.test(path.split(sep).join("/")),
    }).map((file) => file.split(sep).join("/")),
  );
  return files.flatMap((file) => importsOf(root, file));
}

function importsOf(root: string, file: string): Import[] {
  const found: Import[] = [];
  for (const match of readFileSync(join(root, file), "utf8").matchAll(importStatement)) {
    const specifier = match[2] ?? match[3] ?? match[4] ?? "";
    const to = resolveOwn(root, file, specifier);
    if (to) found.push({ from: file, to, typeOnly: match[1] !== undefined });
  }
  return found;
}

function resolveOwn(root: string, from: string, specifier: string): string | undefined {
  if (specifier.startsWith("@cloudoptima/")) return specifier.slice("@cloudoptima/".length);
  if (!specifier.startsWith(".")) return undefined;
  const path = posix.join(posix.dirname(from), specifier);
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`];
  return candidates.find((candidate) => existsSync(join(root, candidate))) ?? path;
}

/** One sentence per arrow that points back. */
export function brokenArrows(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to }) =>
    arrowRules
      .filter((rule) => rule.from.test(from) && !rule.except?.test(from) && rule.to.test(to))
      .map((rule) => `${from} imports ${to}: ${rule.why}.`),
  );
}

/** What no model and no assistant may reach, however indirectly: decisions, and the write half of a cloud. */
const outOfReach =
  /^(tools\/(decide|product)\.ts|tools\/clouds\/connect-write\.ts|tools\/clouds\/azure\/write\/|db\/(gate|worker-role)\.ts)/;

/** One sentence per road, over any number of value imports, from agent or mcp-server to what changes a cloud. */
export function forbiddenRoads(imports: readonly Import[]): string[] {
  const next = Map.groupBy(
    imports.filter(({ from, typeOnly }) => !typeOnly && !isTest.test(from)),
    ({ from }) => from,
  );
  const starts = [...next.keys()].filter((file) => /^(agent|mcp-server)\//.test(file));
  return starts.flatMap((start) => {
    const cameFrom = new Map<string, string | null>([[start, null]]);
    const queue = [start];
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      if (outOfReach.test(file)) return [`${roadTo(file, cameFrom)}: no model may reach this.`];
      for (const { to } of next.get(file) ?? []) {
        if (!cameFrom.has(to)) queue.push(to);
        if (!cameFrom.has(to)) cameFrom.set(to, file);
      }
    }
    return [];
  });
}

function roadTo(end: string, cameFrom: ReadonlyMap<string, string | null>): string {
  const road = [end];
  for (let file = cameFrom.get(end); file; file = cameFrom.get(file)) road.unshift(file);
  return road.join(" -> ");
}

/** Circles of value imports, each once: a circle hides which file depends on which. */
export function circles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

/** Files that read the environment elsewhere than in their package's env.ts. */
export function straysInEnvironment(root: string): string[] {
  const files = packages.flatMap((name) =>
    globSync(`${name}/**/*.{ts,tsx}`, { cwd: root, exclude: (path) => /node_modules|\.next/.test(path) }),
  );
  return files
    .map((file) => relative(".", file).split(sep).join("/"))
    .filter((file) => !/(^|\/)env\.ts$/.test(file) && !isTest.test(file) && !file.startsWith("evals/"))
    .filter((file) => readsEnvironment(readFileSync(join(root, file), "utf8")))
    .map((file) => `${file} reads process.env: read it in ${dirname(file).split("/")[0]}/env.ts.`);
}

/** Handing the whole environment to a child process or an env.ts reader is no reading of a variable. */
function readsEnvironment(source: string): boolean {
  return /process\.env(\.\w|\[)/.test(source) || /\}\s*=\s*process\.env/.test(source);
}
