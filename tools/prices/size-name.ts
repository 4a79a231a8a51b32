/** A size's name in parts: "Standard_D4s_v5" is 4 of "Standard_D{n}s_v5". Null for names of another build. */
export interface SizeName {
  /** The name with {n} for its number: what the sizes of a series have in common. */
  pattern: string;
  number: number;
  /** Some of its vCPUs are switched off ("E8-4s_v5"): it costs and is reserved as the whole one. */
  constrained: boolean;
}

/** Takes a size's name apart. */
export function parseSizeName(name: string): SizeName | null {
  const parts = /^([a-z]+_[a-z]+)(\d+)(-\d+)?([a-z_].*)?$/i.exec(name);
  if (!parts) return null;
  const [, before = "", digits = "", constrained, after = ""] = parts;
  const number = Number(digits);
  // The D, DS and their like of version 2 count 1 to 5, and 11 to 15 for those with much memory: two series.
  const memory = /^_v2/i.test(after) && number >= 11 && number <= 15 ? "1" : "";
  return {
    pattern: `${before}${memory}{n}${after}`.toLowerCase(),
    number,
    constrained: constrained !== undefined,
  };
}

/** The series' name as Azure's reservations show it: "Dsv5 Series". */
export function seriesLabel(name: string): string {
  const parts = /^[a-z]+_([a-z]+)\d+(?:-\d+)?([a-z_0-9]*)$/i.exec(name);
  return parts ? `${parts[1]}${parts[2]!.replaceAll("_", "")} Series` : name;
}
