/**
 * Milliseconds that a refused call must wait: the MAXIMUM of every header that says so, because Cost
 * Management refuses by several quotas at once and Retry-After alone often names the shortest.
 * Null when no header says anything.
 */
export function retryAfterMs(
  headers: Iterable<readonly [string, string]>,
  nowEpochMs: number,
): number | null {
  let longest: number | null = null;
  for (const [rawName, value] of headers) {
    const wait = waitOf(rawName.toLowerCase(), value.trim(), nowEpochMs);
    if (wait !== null && (longest === null || wait > longest)) longest = wait;
  }
  return longest;
}

function waitOf(name: string, value: string, nowEpochMs: number): number | null {
  if (name === "retry-after-ms" || name === "x-ms-retry-after-ms") return milliseconds(value, 1);
  if (name === "retry-after") return milliseconds(value, 1000) ?? untilDate(value, nowEpochMs);
  if (/^x-ms-ratelimit-microsoft\.(costmanagement|consumption)-.*retry-after$/.test(name)) {
    return milliseconds(value, 1000);
  }
  // Resource Graph tells hh:mm:ss until its user quota is new.
  if (name === "x-ms-user-quota-resets-after") return clock(value);
  return null;
}

function milliseconds(value: string, unitMs: number): number | null {
  return /^\d+(\.\d+)?$/.test(value) ? Math.ceil(Number(value) * unitMs) : null;
}

function untilDate(value: string, nowEpochMs: number): number | null {
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - nowEpochMs);
}

function clock(value: string): number | null {
  const match = /^(\d+):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(value);
  return match ? ((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000 : null;
}
