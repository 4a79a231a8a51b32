const palette = Array.from({ length: 8 }, (_, index) => `var(--chart-${index + 1})`);
const otherColor = "var(--chart-other)";
const storageKey = "cloudoptima.series-colors";

let assigned: Record<string, number> | null = null;

/**
 * The colour of a service (or any other series), the same in every chart and after a reload: the first look
 * gives a name the least used colour, and this browser remembers it.
 */
export function seriesColor(label: string): string {
  const name = label.trim().toLowerCase();
  if (name === "other" || name === "(none)" || name === "everything else") return otherColor;
  assigned ??= load();
  if (assigned[name] === undefined) {
    assigned[name] = leastUsed(assigned);
    save(assigned);
  }
  return palette[assigned[name]! % palette.length]!;
}

function leastUsed(colors: Record<string, number>): number {
  const uses = palette.map(() => 0);
  for (const index of Object.values(colors))
    uses[index % palette.length] = (uses[index % palette.length] ?? 0) + 1;
  return uses.indexOf(Math.min(...uses));
}

function load(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? "{}") as Record<string, number>;
  } catch {
    return {}; // no storage, or not ours: colours then last as long as the page
  }
}

function save(colors: Record<string, number>): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(colors));
  } catch {
    // full or forbidden storage costs nothing but the memory of a colour
  }
}
