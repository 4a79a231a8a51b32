/** The light theme of web/app/globals.css in sRGB: an image cannot follow a chat's theme. A test compares both. */
export const chartColors = {
  surface: "#ffffff",
  foreground: "#1a1c20",
  muted: "#595c62",
  borderStrong: "#cecfd3",
  grid: "#e7e8ea",
  series: ["#466cd4", "#169d97", "#d78c29", "#a557aa", "#3f9557", "#d5584d", "#3e9dca", "#898335"],
  other: "#a3a5a8",
  total: "#6e7279",
  worse: "#db5950",
  better: "#3d9461",
} as const;

const [firstColor] = chartColors.series;

/** The one colour of charts whose parts are not told apart by colour. */
export const soloColor: string = firstColor;

/**
 * A colour for each name, the same name the same colour in every image: it follows from the name alone, and only
 * where two names of one chart would share a colour the later takes the next free one.
 */
export function colorsFor(names: readonly string[]): Map<string, string> {
  const { series } = chartColors;
  const taken = new Set<number>();
  const colors = new Map<string, string>();
  for (const name of names) {
    if (isRest(name)) {
      colors.set(name, chartColors.other);
      continue;
    }
    let index = hashOf(name) % series.length;
    for (let tries = 0; taken.has(index) && tries < series.length; tries++)
      index = (index + 1) % series.length;
    taken.add(index);
    colors.set(name, series[index]!);
  }
  return colors;
}

function isRest(name: string): boolean {
  return /^(other( \(\d+\))?|\(none\)|everything else)$/i.test(name.trim());
}

/** FNV-1a: small, stable, spreads similar names. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name.trim().toLowerCase()) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return hash;
}
