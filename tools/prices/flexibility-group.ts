import type { FlexibilityGroup } from "./size-book.ts";
import { parseSizeName, seriesLabel } from "./size-name.ts";

/** Two groups of one series whose ratios follow the price, not the vCPUs (Azure's instance size flexibility list). */
const burstable: Record<string, readonly [string, number]> = {
  standard_b1ls: ["BS Series", 1],
  standard_b1s: ["BS Series", 2],
  standard_b2s: ["BS Series", 8],
  standard_b1ms: ["BS Series High Memory", 1],
  standard_b2ms: ["BS Series High Memory", 4],
  standard_b4ms: ["BS Series High Memory", 8],
  standard_b8ms: ["BS Series High Memory", 16],
  standard_b12ms: ["BS Series High Memory", 24],
  standard_b16ms: ["BS Series High Memory", 32],
  standard_b20ms: ["BS Series High Memory", 40],
};

/**
 * Which sizes a reservation can move between, and in what ratio. Azure publishes a list; for every series but the
 * B series its ratios are those of the vCPUs, so they are computed: `vcpus` over those of the smallest size of the
 * series (`smallestVcpus`). A size with vCPUs switched off counts as the whole one.
 */
export function flexibilityGroupOf(
  name: string,
  vcpus: number,
  smallestVcpus: number,
): FlexibilityGroup | null {
  const known = burstable[name.toLowerCase()];
  if (known) return { group: known[0], ratio: known[1] };
  if (!parseSizeName(name) || smallestVcpus <= 0) return null;
  return { group: seriesLabel(name), ratio: vcpus / smallestVcpus };
}
