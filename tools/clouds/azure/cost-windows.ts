/** Half-open span of days, YYYY-MM-DD, UTC. */
export interface DayWindow {
  from: string;
  to: string;
}

/**
 * Splits [from, to) by calendar month, newest first, so that recent answers come early. A month is also the
 * longest daily query (31 days) and costs one query processing unit.
 */
export function monthWindows(from: string, to: string): DayWindow[] {
  const first = Temporal.PlainDate.from(from);
  const windows: DayWindow[] = [];
  let end = Temporal.PlainDate.from(to);
  while (Temporal.PlainDate.compare(first, end) < 0) {
    const monthStart = end.subtract({ days: 1 }).with({ day: 1 });
    const start = Temporal.PlainDate.compare(first, monthStart) > 0 ? first : monthStart;
    windows.push({ from: start.toString(), to: end.toString() });
    end = start;
  }
  return windows;
}

/** Two halves, newest first; null for a single day. */
export function splitWindow({ from, to }: DayWindow): [DayWindow, DayWindow] | null {
  const start = Temporal.PlainDate.from(from);
  const days = start.until(Temporal.PlainDate.from(to)).days;
  if (days < 2) return null;
  const middle = start.add({ days: Math.floor(days / 2) }).toString();
  return [
    { from: middle, to },
    { from, to: middle },
  ];
}
