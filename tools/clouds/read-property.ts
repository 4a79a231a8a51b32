/**
 * A value deep inside a provider's properties, or undefined. Keys match without case, because the same
 * property comes as LastOwnershipUpdateTime from one API and lastOwnershipUpdateTime from another.
 */
export function readProperty(properties: unknown, ...path: readonly string[]): unknown {
  let current = properties;
  for (const step of path) {
    if (typeof current !== "object" || current === null) return undefined;
    const bag = current as Record<string, unknown>;
    const key =
      step in bag ? step : Object.keys(bag).find((name) => name.toLowerCase() === step.toLowerCase());
    if (key === undefined) return undefined;
    current = bag[key];
  }
  return current;
}

/** The same for text; undefined when it is empty or no text. */
export function readText(properties: unknown, ...path: readonly string[]): string | undefined {
  const value = readProperty(properties, ...path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The UTC day (YYYY-MM-DD) of a moment or day that is told there; undefined when what is told is neither. */
export function readDay(properties: unknown, ...path: readonly string[]): string | undefined {
  const text = readText(properties, ...path);
  if (text === undefined) return undefined;
  for (const read of [readMoment, Temporal.PlainDate.from]) {
    try {
      return read(text).toString();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return undefined;
}

const readMoment = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO("UTC").toPlainDate();
