import type { Shape } from "./published-bodies.ts";

/** Paths by which an answer differs from a published one; `[]` stands for every item of a list. */
export interface ShapeDifferences {
  /** In the published body alone. */
  missing: string[];
  /** In the answer alone. */
  extra: string[];
  /** In both, of different types. */
  wrong: string[];
}

/**
 * Holds an answer against keys and types. A key that any item of a list has counts as there; one that has another
 * type in any item is wrong. Of "object" and "any" nothing more is asked.
 */
export function compareShape(answer: unknown, shape: Shape): ShapeDifferences {
  const found = new Map<string, Set<string>>();
  collect(answer, "", found);
  const expected = new Map<string, Set<string>>();
  const open: string[] = [];
  expect(shape, "", expected, open);
  const isOpen = (path: string) =>
    open.some((start) => path.startsWith(`${start}.`) || path.startsWith(`${start}[]`));
  return {
    missing: topmost([...expected.keys()].filter((path) => !found.has(path) && !isItem(path))).toSorted(),
    extra: topmost([...found.keys()].filter((path) => !expected.has(path) && !isOpen(path))).toSorted(),
    wrong: [...found]
      .filter(
        ([path, types]) => expected.has(path) && [...types].some((type) => !fits(type, expected.get(path)!)),
      )
      .map(([path, types]) => `${path}: ${[...types].join(" | ")}`)
      .toSorted(),
  };
}

/** A key that only one of them has takes what is in it along. */
const topmost = (paths: readonly string[]) =>
  paths.filter(
    (path) => !paths.some((other) => path.startsWith(`${other}.`) || path.startsWith(`${other}[]`)),
  );

/** An empty list says nothing of its items. */
const isItem = (path: string) => path.endsWith("[]");

const fits = (type: string, allowed: ReadonlySet<string>) => allowed.has("any") || allowed.has(type);

function collect(value: unknown, path: string, found: Map<string, Set<string>>): void {
  const type = value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
  found.set(path, (found.get(path) ?? new Set()).add(type));
  if (Array.isArray(value)) for (const item of value) collect(item, `${path}[]`, found);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) collect(item, path ? `${path}.${key}` : key, found);
}

function expect(shape: Shape, path: string, expected: Map<string, Set<string>>, open: string[]): void {
  if (typeof shape === "string") {
    expected.set(path, new Set(shape.split(" | ")));
    if (shape === "object" || shape === "any") open.push(path);
  } else if (Array.isArray(shape)) {
    expected.set(path, new Set(["list"]));
    expect(shape[0] as Shape, `${path}[]`, expected, open);
  } else {
    expected.set(path, new Set(["object"]));
    for (const [key, inner] of Object.entries(shape))
      expect(inner, path ? `${path}.${key}` : key, expected, open);
  }
}
