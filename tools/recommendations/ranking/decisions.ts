import { type CostsAround, keptShare } from "./kept-share.ts";
import type { KnownFacts } from "./known-facts.ts";

export type DecisionOutcome = "implemented" | "dismissed" | "suppressed" | "rejected" | "reopened";

/** Something that a person decided of a recommendation, with what was known at that moment. */
export interface DecisionEvent {
  recommendationId: string;
  at: Date;
  outcome: DecisionOutcome;
  facts: KnownFacts;
  /** Of what was done, where its resource has costs of its own. */
  around?: CostsAround;
}

/** One judgement: it holds until it is taken back or made anew. */
export interface Judgement {
  recommendationId: string;
  at: Date;
  facts: KnownFacts;
  accepted: boolean;
  around?: CostsAround;
  /** When it was taken back, and what it counts as from then on; null counts for nothing. */
  ended: { at: Date; accepted: false | null } | null;
}

/** A judgement as it counts at some moment. */
export interface Decision {
  recommendationId: string;
  at: Date;
  facts: KnownFacts;
  accepted: boolean;
  /** Of the expected saving, as measured where it could be: 0 (refused) to 1. */
  kept: number;
  isMeasured: boolean;
}

/**
 * Judgements out of what happened, in whatever order it comes. What was done and then undone or opened again was no
 * good: from then on it counts as refused. A refusal that is taken back, or decided anew, counts for nothing.
 */
export function judgementsOf(events: readonly DecisionEvent[]): Judgement[] {
  const judgements: Judgement[] = [];
  for (const own of Map.groupBy(events, ({ recommendationId }) => recommendationId).values()) {
    let open: Judgement | undefined;
    for (const { recommendationId, at, outcome, facts, around } of own.toSorted(inTime)) {
      if (open) open.ended = { at, accepted: open.accepted && outcome === "reopened" ? false : null };
      open = undefined;
      if (outcome === "reopened") continue;
      const accepted = outcome === "implemented";
      open = {
        recommendationId,
        at,
        facts,
        accepted,
        ...(accepted && around ? { around } : {}),
        ended: null,
      };
      judgements.push(open);
    }
  }
  return judgements.sort(inTime);
}

/**
 * What could be known at a moment: what was decided before it, as it counted then. Nothing later shines through.
 * Without a moment, all that is known.
 */
export function decisionsBefore(judgements: readonly Judgement[], moment: Date | null): Decision[] {
  const isLater = (at: Date) => moment !== null && at >= moment;
  return judgements.flatMap(({ ended, around, ...judgement }) => {
    if (isLater(judgement.at)) return [];
    const isEnded = ended !== null && !isLater(ended.at);
    if (isEnded && ended.accepted === null) return [];
    const accepted = judgement.accepted && !isEnded;
    const share =
      accepted && around
        ? keptShare(judgement.facts, dayOf(judgement.at), around, moment && dayOf(moment))
        : null;
    return [{ ...judgement, accepted, kept: share ?? Number(accepted), isMeasured: share !== null }];
  });
}

/** The UTC day of a moment. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

// Events of one moment keep one order whatever order they come in.
function inTime(
  a: { at: Date; recommendationId: string; outcome?: string },
  b: { at: Date; recommendationId: string; outcome?: string },
): number {
  return (
    a.at.getTime() - b.at.getTime() ||
    compare(a.recommendationId, b.recommendationId) ||
    compare(a.outcome ?? "", b.outcome ?? "")
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
