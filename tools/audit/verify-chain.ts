import type { AuditHead, ChainRow } from "@cloudoptima/db/queries/audit.ts";
import type { AuditSeal } from "./seal.ts";

export const breakKinds = ["changed", "missing", "reordered", "cut_off"] as const;

/** The first place where a chain is not what was written. */
export interface Break {
  /** The row that is wrong, or that should be there. */
  sequence: number;
  kind: (typeof breakKinds)[number];
  /** In words, e.g. "row 7 is missing". */
  problem: string;
}

/** A head that the chain must contain, and who vouches for it. */
export interface Witness extends AuditHead {
  /** Begins a sentence's part: "the head file", "the database". */
  keptIn: string;
}

export interface ChainCheck {
  /** Rows that are as they were written, before the break if there is one. */
  rowCount: number;
  /** The last of them. */
  head: { sequence: number; mac: string; epoch: string } | null;
  broken: Break | null;
}

/**
 * Walks a chain from its first row to the first place where something was changed, removed, reordered or cut off.
 * Rows newer than every witness are fine when their MACs are: the database may be ahead, never behind.
 */
export async function verifyChain(
  pages: AsyncIterable<readonly ChainRow[]>,
  witnesses: readonly Witness[],
  seal: Pick<AuditSeal, "isSealed">,
): Promise<ChainCheck> {
  const bySequence = Map.groupBy(witnesses, ({ sequence }) => sequence);
  const newest = witnesses.reduce((most, { sequence }) => Math.max(most, sequence), 0);
  let rowCount = 0;
  let head: ChainCheck["head"] = null;
  const end = (broken: Break | null): ChainCheck => ({ rowCount, head, broken });

  for await (const rows of pages) {
    for (const row of rows) {
      const broken =
        checkPlace(row, rowCount + 1) ??
        checkSeal(row, Math.max(newest, row.sequence), seal) ??
        checkLink(row, head?.mac ?? "") ??
        checkWitnesses(row, bySequence.get(row.sequence) ?? []);
      if (broken) return end(broken);
      rowCount += 1;
      head = { sequence: row.sequence, mac: row.mac, epoch: row.epoch };
    }
  }
  const beyond = witnesses.find(({ sequence }) => sequence === newest);
  if (beyond && newest > rowCount) {
    const rows = newest === rowCount + 1 ? `row ${newest} is` : `rows ${rowCount + 1} to ${newest} are`;
    const problem = `${rows} cut off: ${beyond.keptIn} knows row ${newest}`;
    return end({ sequence: rowCount + 1, kind: "cut_off", problem });
  }
  return end(null);
}

function checkPlace({ sequence }: ChainRow, expected: number): Break | null {
  if (sequence > expected) {
    const rows = sequence === expected + 1 ? `row ${expected} is` : `rows ${expected} to ${sequence - 1} are`;
    return { sequence: expected, kind: "missing", problem: `${rows} missing` };
  }
  if (sequence < expected) {
    return { sequence, kind: "changed", problem: `a second row ${sequence} was put in` };
  }
  return null;
}

function checkSeal(row: ChainRow, highest: number, seal: Pick<AuditSeal, "isSealed">): Break | null {
  if (seal.isSealed(row)) return null;
  const { sequence } = row;
  // A row whose MAC holds at another number is genuine and was moved. Looked for once: the walk ends here.
  for (let other = 1; other <= highest; other++) {
    if (other !== sequence && seal.isSealed({ ...row, sequence: other })) {
      return {
        sequence,
        kind: "reordered",
        problem: `row ${sequence} was row ${other}: they were reordered`,
      };
    }
  }
  return { sequence, kind: "changed", problem: `row ${sequence} was changed: its MAC does not fit it` };
}

function checkLink(row: ChainRow, previousMac: string): Break | null {
  if (row.previousMac === previousMac) return null;
  const { sequence } = row;
  const problem = `row ${sequence} is genuine but does not follow row ${sequence - 1}: another one stood there`;
  return { sequence, kind: "reordered", problem };
}

function checkWitnesses(row: ChainRow, witnesses: readonly Witness[]): Break | null {
  const other = witnesses.find(({ mac }) => mac !== row.mac);
  if (!other) return null;
  const { sequence } = row;
  const problem = `row ${sequence} is not the one that ${other.keptIn} knows: rows were cut off and others written since`;
  return { sequence, kind: "cut_off", problem };
}
