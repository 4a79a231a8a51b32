/** A billing month, half-open, YYYY-MM-DD; `to` is where known costs end (today for the current one). */
export interface CostMonth {
  start: string;
  end: string;
  to: string;
  /** Rows that are loaded of it now. */
  knownRowCount: number;
}

/** Azure keeps 13 months of cost behind the current one. */
const historyMonths = 13;
/** Azure corrects usage until the invoice is final, some days into the next month. */
const correctionDays = 10;

/**
 * Which billing months a scan reads, newest first: those never read, and those that were last read before
 * their corrections could have ended. `today` itself is left out: its costs are not complete.
 */
export function monthsToRead(
  today: string,
  loaded: ReadonlyMap<string, { loadedAt: Date; rowCount: number }>,
): CostMonth[] {
  const day = Temporal.PlainDate.from(today);
  const tomorrowMs = Date.parse(`${day.add({ days: 1 })}T00:00:00Z`);
  const months: CostMonth[] = [];
  for (let back = 0; back <= historyMonths; back++) {
    const start = day.with({ day: 1 }).subtract({ months: back });
    const end = start.add({ months: 1 });
    const to = Temporal.PlainDate.compare(end, day) < 0 ? end : day;
    if (start.equals(to)) continue;
    const known = loaded.get(start.toString());
    const final = end.add({ days: correctionDays });
    // One that was read in the future was read by a clock that ran ahead, and may have been in the middle of it.
    const isFinal = known && known.loadedAt.getTime() >= Date.parse(`${final}T00:00:00Z`);
    if (isFinal && known.loadedAt.getTime() < tomorrowMs) continue;
    const knownRowCount = known?.rowCount ?? 0;
    months.push({ start: start.toString(), end: end.toString(), to: to.toString(), knownRowCount });
  }
  return months;
}
