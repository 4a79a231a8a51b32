import type { Evidence } from "./finding.ts";

/** A measured value as evidence, told with as many decimals as mean something: of a percentage two unless said. */
export function measuredFact(
  label: string,
  value: number,
  unit: string,
  window: Evidence["window"],
  decimals = 2,
): Evidence {
  const scale = 10 ** decimals;
  return { label, value: String(Math.round(value * scale) / scale), unit, window };
}
