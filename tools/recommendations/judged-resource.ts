import type { DayCost } from "./net-rate.ts";

/** What a rule sees of a resource. Untrusted text throughout. */
export interface JudgedResource {
  id: string;
  type: string;
  name: string;
  status: string | null;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
}

/** How busy a machine was over whole hours; `start` and `end` are its days, half-open. */
export interface BusyWindow {
  days: number;
  start: string;
  end: string;
  /** Hours with a CPU point. */
  hours: number;
  cpuMaximumP95: number | null;
  cpuAverageHighest: number | null;
  networkOutHours: number;
  networkOutBytes: number | null;
}

/** Everything beside the resource that a rule may use; no rule reads anything else. */
export interface ResourceFacts {
  /** YYYY-MM-DD by the business clock. */
  today: string;
  /** Day after the last day with costs of this subscription; null when there are none. */
  costsUntil: string | null;
  /** Usage costs of this resource. */
  costs: readonly DayCost[];
  /** By days of the window: 3, 7, 14, 30. Empty for what is no machine. */
  busy: ReadonlyMap<number, BusyWindow>;
  /** Day on which we first saw this waste, when a recommendation is already open. */
  openSince: string | null;
  /** Another resource of the subscription by lower-case id. */
  related(id: string): JudgedResource | undefined;
}
