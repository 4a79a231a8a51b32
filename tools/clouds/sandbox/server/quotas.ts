/** A sliding window: at most `limit` units in any `windowMs`. */
interface Window {
  limit: number;
  windowMs: number;
  taken: { at: number; units: number }[];
}

interface QuotaAnswer {
  allowed: boolean;
  remaining: number;
  /** Until the request would pass. */
  retryAfterMs: number;
}

/** Azure's published numbers, or a thousand times them for a demo that must not wait. */
export type QuotaLevel = "azure" | "raised";

export interface Quotas {
  /** 15 queries in 5 s for each caller. */
  resourceGraph(): QuotaAnswer;
  /** 4 calls a minute for each scope; 12, 60 and 600 QPU in 10 s, 1 min and 1 h for the tenant. */
  costManagement(scope: string, units: number): { entity: QuotaAnswer; tenant: QuotaAnswer };
}

export function createQuotas(level: QuotaLevel, clockMs: () => number = () => performance.now()): Quotas {
  const factor = level === "azure" ? 1 : 1000;
  const window = (limit: number, windowMs: number): Window => ({
    limit: limit * factor,
    windowMs,
    taken: [],
  });
  const graph = [window(15, 5_000)];
  const tenant = [window(12, 10_000), window(60, 60_000), window(600, 3_600_000)];
  const scopes = new Map<string, Window[]>();

  return {
    resourceGraph: () => take(graph, 1, clockMs()),
    costManagement(scope, units) {
      let entity = scopes.get(scope);
      if (!entity) {
        entity = [window(4, 60_000)];
        scopes.set(scope, entity);
      }
      const now = clockMs();
      const entityAnswer = look(entity, 1, now);
      const tenantAnswer = look(tenant, units, now);
      // A refused call uses up nothing.
      if (!entityAnswer.allowed || !tenantAnswer.allowed)
        return { entity: entityAnswer, tenant: tenantAnswer };
      return { entity: take(entity, 1, now), tenant: take(tenant, units, now) };
    },
  };
}

function look(windows: Window[], units: number, now: number): QuotaAnswer {
  let remaining = Infinity;
  let retryAfterMs = 0;
  for (const window of windows) {
    window.taken = window.taken.filter((take) => take.at > now - window.windowMs);
    let free = window.limit - window.taken.reduce((sum, take) => sum + take.units, 0);
    remaining = Math.min(remaining, Math.max(0, free));
    // A request larger than the whole window passes when the window is empty, else it never would.
    const needed = Math.min(units, window.limit);
    for (const take of window.taken) {
      if (free >= needed) break;
      free += take.units;
      retryAfterMs = Math.max(retryAfterMs, take.at + window.windowMs - now);
    }
  }
  return { allowed: retryAfterMs === 0, remaining, retryAfterMs };
}

function take(windows: Window[], units: number, now: number): QuotaAnswer {
  const answer = look(windows, units, now);
  if (!answer.allowed) return answer;
  for (const window of windows) window.taken.push({ at: now, units });
  return { ...answer, remaining: Math.max(0, answer.remaining - units) };
}
