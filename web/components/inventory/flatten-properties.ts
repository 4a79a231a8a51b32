/** A tree of properties as lines to read: "storageProfile.osDisk.name" and its value; lists by their place. */
export function flattenProperties(properties: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(properties).flatMap(([key, value]) => linesOf(key, value));
}

function linesOf(path: string, value: unknown): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object") return [[path, String(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return value.length === 0 ? [] : [[path, value.join(", ")]];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    linesOf(Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, inner),
  );
}
