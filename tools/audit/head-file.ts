import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { AuditSeal, Head } from "./seal.ts";

const SignedHead = z.strictObject({
  organizationId: z.string(),
  store: z.string(),
  sequence: z.number(),
  mac: z.string(),
  time: z.string(),
  signature: z.string(),
});

/** The heads that this host signed for one organization. */
export interface SignedHeads {
  heads: Head[];
  /** The first line that names the organization and was not signed with our key; null when there is none. */
  forgedLine: number | null;
}

/** Where heads are kept outside the database, so that rows cut off its end show. */
export interface HeadLog {
  append(head: Head): Promise<void>;
  read(organizationId: string): Promise<SignedHeads>;
}

/**
 * A file of signed heads, one JSON object a line, on disk (fsync) when `append` ends. Audits that come meanwhile
 * share one write. A head that cannot be written is reported and written with the next one: its row is kept, and a
 * database ahead of the file is no alarm.
 */
export function openHeadFile(path: string, seal: AuditSeal, onError: (error: Error) => void): HeadLog {
  let waiting: string[] = [];
  let writing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    const lines = waiting;
    if (lines.length === 0) return; // an earlier flush took them along
    waiting = [];
    try {
      await appendLines(path, lines);
    } catch (error) {
      waiting = [...lines, ...waiting];
      onError(error as Error);
    }
  }

  return {
    append(head) {
      waiting.push(JSON.stringify({ ...head, signature: seal.signHead(head) }));
      writing = writing.then(flush);
      return writing;
    },
    read: (organizationId) => readHeads(path, seal, organizationId),
  };
}

async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, "a+", 0o600);
  try {
    // A crash may have left half a line: what follows must not become part of it.
    const start = (await endsInALine(file)) ? "" : "\n";
    await file.appendFile(`${start}${lines.join("\n")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function endsInALine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === "\n";
}

async function readHeads(path: string, seal: AuditSeal, organizationId: string): Promise<SignedHeads> {
  const found: SignedHeads = { heads: [], forgedLine: null };
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      number += 1;
      if (!line.includes(organizationId)) continue;
      const head = parseLine(line);
      if (head === "torn" || head.organizationId !== organizationId) continue;
      const { signature, ...signed } = head;
      if (seal.isSigned(signed, signature)) found.heads.push(signed);
      else found.forgedLine ??= number;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return found;
}

/** Half a line is what a crash leaves, and tells no more than a line that somebody took away. */
function parseLine(line: string): z.infer<typeof SignedHead> | "torn" {
  try {
    return SignedHead.parse(JSON.parse(line));
  } catch {
    return "torn";
  }
}
