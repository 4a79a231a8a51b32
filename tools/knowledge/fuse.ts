import type { FoundPassage } from "@cloudoptima/db/queries/knowledge.ts";

export type Passage = Omit<FoundPassage, "score">;

/** Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion": what they found to serve every collection. */
const K = 60;

/** Several ranked lists as one: each passage has 1 / (60 + its rank) of every list it is in. */
export function fuse(lists: readonly (readonly FoundPassage[])[]): Passage[] {
  const scores = new Map<string, { passage: Passage; score: number }>();
  for (const list of lists) {
    for (const [index, { score: _, ...passage }] of list.entries()) {
      const before = scores.get(passage.key)?.score ?? 0;
      scores.set(passage.key, { passage, score: before + 1 / (K + index + 1) });
    }
  }
  return [...scores.values()].sort((a, b) => b.score - a.score).map(({ passage }) => passage);
}
