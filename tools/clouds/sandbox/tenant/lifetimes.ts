/** From when to when resources existed, in hours since 1970: what is deleted and made again costs in both spans. */
export interface Lifetimes {
  begin(key: string, fromHour: number): void;
  end(key: string, toHour: number): void;
  /** 0 to 1; 1 for what was never in the inventory, whose charges say themselves when they apply. */
  shareOfDay(key: string, day: number): number;
}

export function createLifetimes(): Lifetimes {
  const spans = new Map<string, { from: number; to: number }[]>();
  return {
    begin(key, fromHour) {
      const before = spans.get(key) ?? [];
      spans.set(key, [...before, { from: Math.max(fromHour, before.at(-1)?.to ?? fromHour), to: Infinity }]);
    },
    end(key, toHour) {
      const last = spans.get(key)?.at(-1);
      // Made and deleted within the hour: it never reached the bill.
      if (last) last.to = Math.max(last.from, toHour);
    },
    shareOfDay(key, day) {
      const known = spans.get(key);
      if (!known) return 1;
      let hours = 0;
      for (const { from, to } of known) {
        hours += Math.max(0, Math.min(to, day * 24 + 24) - Math.max(from, day * 24));
      }
      return hours / 24;
    },
  };
}
