/**
 * CPU that a burstable size may use without end, in percent of all its vCPUs, by Microsoft's size pages ("B-series
 * burstable", "Bsv2-series"). The second generation banks credits for 20 % whatever else its pages say, so that is
 * taken. Null: not known.
 */
export function burstableBaselinePercent(size: string): number | null {
  if (/^standard_b\d+\w*_v2$/i.test(size)) return 20;
  return firstGeneration[size.toLowerCase()] ?? null;
}

const firstGeneration: Readonly<Record<string, number>> = {
  standard_b1ls: 5,
  standard_b1s: 10,
  standard_b1ms: 20,
  standard_b2s: 20,
  standard_b2ms: 30,
  standard_b4ms: 22.5,
  standard_b8ms: 16.8,
  standard_b12ms: 16.8,
  standard_b16ms: 16.8,
  standard_b20ms: 16.8,
};
