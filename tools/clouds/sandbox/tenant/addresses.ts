import type { Resource } from "./tenant-schema.ts";

/** Hands out public addresses of 198.51.100.0/24 and on, never one that was known before. */
export interface Addresses {
  take(): string;
}

export function createAddresses(resources: readonly Resource[]): Addresses {
  const used = new Set(resources.map(({ properties }) => properties.ipAddress));
  let next = 1;
  const take = (): string => {
    const address = `198.51.${100 + Math.floor(next / 254)}.${1 + (next % 254)}`;
    next++;
    return used.has(address) ? take() : address;
  };
  return { take };
}
