import { formatMeasured } from "./format-value.ts";

const binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** How a measured unit is read: what one of it is divided by, and what the result is called. */
export interface Scale {
  divisor: number;
  /** "percent", "count", "GiB", "MiB/s", "per second": as the proof of figures takes it. */
  unit: string;
}

/** The scale in which `largest` of a metric's unit reads as a number of at most four digits. */
export function scaleFor(unit: string, largest: number): Scale {
  if (unit === "count_per_second") return { divisor: 1, unit: "per second" };
  if (!unit.startsWith("bytes")) return { divisor: 1, unit };
  const power = Math.max(0, Math.min(binary.length - 1, Math.floor(Math.log2(Math.max(1, largest)) / 10)));
  return { divisor: 1024 ** power, unit: unit === "bytes" ? binary[power]! : `${binary[power]}/s` };
}

/** A measured value in a scale, as an exact decimal string of three decimals, or two digits that count. */
export function scaled(value: number, { divisor }: Scale): string {
  const size = value / divisor;
  const rounded = Math.abs(size) < 0.01 && size !== 0 ? Number(size.toPrecision(2)) : Number(size.toFixed(3));
  return new Intl.NumberFormat("en-US", { useGrouping: false, maximumFractionDigits: 20 }).format(rounded);
}

/** Bytes as people read them: "512 B", "1.18 MiB". `value`: a number, or a decimal string. */
export function bytesInWords(value: string | number): string {
  const scale = scaleFor("bytes", Math.abs(Number(value)));
  return `${formatMeasured(scaled(Number(value), scale))} ${scale.unit}`;
}
