import { withTenant } from "@cloudoptima/db/client.ts";
import {
  type AuditHead,
  type ChainRow,
  readAuditChain,
  readAuditHead,
} from "@cloudoptima/db/queries/audit.ts";
import type { AuditParts } from "../kernel/record-audit.ts";
import { type ChainCheck, verifyChain, type Witness } from "./verify-chain.ts";

const pageSize = 1_000;

export interface AuditReport extends ChainCheck {
  /** Heads in this host's file that the chain was compared with. */
  signedHeadCount: number;
  /** The newest of them; rows after it could be cut off without this host's file telling. */
  newestSignedSequence: number | null;
}

/** Checks one organization's whole chain against its MACs, the database's head and this host's file of heads. */
export async function checkAudit(
  { database, seal, heads, store }: AuditParts,
  organizationId: string,
): Promise<AuditReport> {
  // The file first: a head is signed after its row is kept, so the rows read later must contain it.
  const signed = await heads.read(organizationId);
  const ours = signed.heads.filter((head) => head.store === store);
  const newestSignedSequence = ours.reduce<number | null>(
    (newest, { sequence }) => Math.max(newest ?? 0, sequence),
    null,
  );
  const report = { signedHeadCount: ours.length, newestSignedSequence };
  if (signed.forgedLine !== null) {
    const problem = `line ${signed.forgedLine} of audit-heads.log was not signed with this key`;
    return { ...report, rowCount: 0, head: null, broken: { sequence: 0, kind: "changed", problem } };
  }

  // Short transactions, because the embedded database has one connection: rows only ever come after these.
  const first = await withTenant(database, organizationId, { access: "read" }, async (transaction) => ({
    head: await readAuditHead(transaction),
    rows: await readAuditChain(transaction, undefined, pageSize),
  }));
  async function* pages(): AsyncGenerator<ChainRow[]> {
    let rows = first.rows;
    for (;;) {
      yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) return;
      rows = await withTenant(database, organizationId, { access: "read" }, (transaction) =>
        readAuditChain(transaction, last, pageSize),
      );
    }
  }
  if (!first.head && first.rows.length > 0) {
    const problem = "the database's head of the chain is missing";
    return { ...report, rowCount: 0, head: null, broken: { sequence: 1, kind: "missing", problem } };
  }
  const check = await verifyChain(pages(), witnesses(ours, first.head), seal);
  return { ...report, ...check };
}

function witnesses(signed: readonly AuditHead[], head: AuditHead | undefined): Witness[] {
  const known = signed.map(({ sequence, mac }) => ({ sequence, mac, keptIn: "audit-heads.log" }));
  // Sequence 0 is a chain that was locked for its first row and rolled back.
  return head && head.sequence > 0 ? [...known, { ...head, keptIn: "the database's head" }] : known;
}
