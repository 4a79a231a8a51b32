import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { AuditFacts } from "@cloudoptima/db/queries/audit.ts";
import canonicalize from "canonicalize";

/** A row's place in the chain. */
export interface Link {
  sequence: number;
  previousMac: string;
}

/** The newest row of an organization's chain at a moment, as it is written into the file of heads. */
export interface Head {
  organizationId: string;
  /** Which database it is of: a data folder may have served another one before. */
  store: string;
  sequence: number;
  mac: string;
  /** ISO time of the row. */
  time: string;
}

export interface AuditSeal {
  /** Names the key without telling it. */
  keyId: string;
  /** HMAC-SHA256, hex, over the canonical JSON (RFC 8785) of every column. */
  sealRow(row: Omit<AuditFacts, "outcome"> & { outcome: string } & Link): string;
  isSealed(row: Parameters<AuditSeal["sealRow"]>[0] & { mac: string }): boolean;
  signHead(head: Head): string;
  isSigned(head: Head, signature: string): boolean;
}

/** Seals with one key; a key of its own per purpose, so that no signature can stand for another kind of thing. */
export function createAuditSeal(key: Buffer): AuditSeal {
  const rowKey = derive(key, "audit row 1");
  const headKey = derive(key, "audit head 1");
  const sealRow: AuditSeal["sealRow"] = (row) =>
    mac(rowKey, {
      id: row.id,
      organizationId: row.organizationId,
      sequence: row.sequence,
      userId: row.userId,
      action: row.action,
      outcome: row.outcome,
      source: row.source,
      resourceType: row.resourceType,
      resourceId: row.resourceId,
      details: row.details,
      ipAddress: row.ipAddress,
      epoch: row.epoch,
      previousMac: row.previousMac,
    });
  const signHead: AuditSeal["signHead"] = ({ organizationId, store, sequence, mac: rowMac, time }) =>
    mac(headKey, { organizationId, store, sequence, mac: rowMac, time });
  return {
    keyId: createHash("sha256").update(derive(key, "audit key id")).digest("hex").slice(0, 16),
    sealRow,
    isSealed: (row) => isSame(sealRow(row), row.mac),
    signHead,
    isSigned: (head, signature) => isSame(signHead(head), signature),
  };
}

function derive(key: Buffer, purpose: string): Buffer {
  return createHmac("sha256", key).update(`cloudoptima ${purpose}`).digest();
}

function mac(key: Buffer, value: Record<string, unknown>): string {
  return createHmac("sha256", key).update(canonicalize(value)!, "utf8").digest("hex");
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
