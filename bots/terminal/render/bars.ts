const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** A zero-based bar of at most `cells` characters; a negative value is drawn hollow, since its sign is in its figure. */
export function bar(value: number, largest: number, cells: number): string {
  if (!(largest > 0) || value === 0) return "";
  const length = (Math.abs(value) / largest) * cells;
  if (value < 0) return "░".repeat(Math.max(1, Math.round(length)));
  const whole = Math.floor(length);
  const text = "█".repeat(whole) + (eighths[Math.floor((length - whole) * 8)] ?? "");
  return text === "" ? "▏" : text;
}

/** One character a value, lowest to highest; a gap stays a gap. */
export function sparkLine(values: readonly (number | null)[]): string {
  const present = values.filter((value) => value !== null);
  const low = Math.min(...present);
  const high = Math.max(...present);
  return values
    .map((value) => {
      if (value === null) return " ";
      const position = high === low ? 0 : (value - low) / (high - low);
      return levels[Math.min(7, Math.floor(position * 8))] ?? "▁";
    })
    .join("");
}
