/** Performance tiers of premium disks, each with the largest disk that has it by its size, in GiB. */
const premiumTiers = [
  ["P1", 4],
  ["P2", 8],
  ["P3", 16],
  ["P4", 32],
  ["P6", 64],
  ["P10", 128],
  ["P15", 256],
  ["P20", 512],
  ["P30", 1024],
  ["P40", 2048],
  ["P50", 4096],
  ["P60", 8192],
  ["P70", 16_384],
  ["P80", 32_767],
] as const;

/** The tier that a premium disk has by its size alone; undefined: no such size is sold. */
export function premiumTier(gib: number): string | undefined {
  return premiumTiers.find(([, most]) => gib <= most)?.[0];
}

/**
 * The tier of a premium disk where somebody set a higher one than its size has (learn.microsoft.com, "Performance
 * tiers for managed disks"); null where its size alone decides.
 */
export function raisedTier(tier: string | undefined, gib: number): string | null {
  const rank = (name: string | undefined) => premiumTiers.findIndex(([known]) => known === name);
  return tier && rank(tier) > rank(premiumTier(gib)) ? tier : null;
}
