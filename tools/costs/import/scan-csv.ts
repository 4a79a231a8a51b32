import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";

/** A record of a CSV file. Lines are physical lines of the file, from 1, also after quoted line breaks. */
export interface CsvRecord {
  /** From 0: the header. Blank lines are no records. */
  index: number;
  line: number;
  fields: { text: string; line: number }[];
}

/** What makes a file unreadable as CSV, and the line where it starts. */
export interface CsvDefect {
  kind: "encoding" | "quote";
  line: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const CR = 0x0d;
const LF = 0x0a;

/**
 * Walks a CSV file (RFC 4180, UTF-8, any line ending) record by record, in flat memory. Slower than DuckDB's
 * reader: it is for headers, and for saying exactly where a file is wrong. `visit` returns false to stop.
 */
export async function scanCsv(
  path: string,
  visit: (record: CsvRecord) => boolean,
): Promise<CsvDefect | null> {
  const scanner = new CsvScanner(visit);
  const stream = createReadStream(path, { highWaterMark: 64 * 1024 });
  try {
    for await (const chunk of stream) {
      if (!scanner.feed(chunk as Buffer)) break;
    }
  } finally {
    stream.destroy();
  }
  scanner.finish();
  return scanner.defect;
}

class CsvScanner {
  defect: CsvDefect | null = null;
  #stopped = false;
  #state: "start" | "plain" | "quoted" | "closed" = "start";
  #line = 1;
  #previous = 0;
  #index = 0;
  #field: number[] = [];
  #fieldLine = 1;
  #recordLine = 1;
  #fields: CsvRecord["fields"] = [];
  #first = true;
  readonly #visit: (record: CsvRecord) => boolean;

  constructor(visit: (record: CsvRecord) => boolean) {
    this.#visit = visit;
  }

  feed(chunk: Buffer): boolean {
    const bytes =
      this.#first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
    this.#first = false;
    for (const byte of bytes) {
      if (this.#stopped) return false;
      this.#take(byte);
    }
    return !this.#stopped;
  }

  finish(): void {
    if (this.#stopped) return;
    if (this.#state === "quoted") this.#fail("quote", this.#fieldLine);
    else this.#endRecord();
  }

  #take(byte: number): void {
    const endsLine = byte === LF || byte === CR;
    // The second half of CR LF is part of the same line break.
    const completesBreak = byte === LF && this.#previous === CR;
    this.#previous = byte;
    if (this.#state === "quoted") {
      if (byte === QUOTE) this.#state = "closed";
      else this.#field.push(byte);
    } else if (byte === QUOTE && this.#state === "start") {
      this.#state = "quoted";
    } else if (byte === QUOTE && this.#state === "closed") {
      this.#field.push(QUOTE);
      this.#state = "quoted";
    } else if (byte === COMMA) {
      this.#endField();
    } else if (endsLine) {
      if (!completesBreak) this.#endRecord();
    } else if (this.#state === "closed") {
      this.#fail("quote", this.#line);
    } else {
      this.#state = "plain";
      this.#field.push(byte);
    }
    if (endsLine && !completesBreak) this.#line += 1;
    if (endsLine && this.#state === "start" && this.#fields.length === 0) {
      this.#fieldLine = this.#line;
      this.#recordLine = this.#line;
    }
  }

  #endField(): void {
    const bytes = Buffer.from(this.#field);
    if (!isUtf8(bytes)) this.#fail("encoding", this.#fieldLine);
    this.#fields.push({ text: bytes.toString("utf8"), line: this.#fieldLine });
    this.#field = [];
    this.#fieldLine = this.#line;
    this.#state = "start";
  }

  #endRecord(): void {
    const blank = this.#fields.length === 0 && this.#field.length === 0 && this.#state === "start";
    if (blank) return;
    this.#endField();
    if (this.#stopped) return;
    const record = { index: this.#index, line: this.#recordLine, fields: this.#fields };
    this.#fields = [];
    this.#index += 1;
    if (!this.#visit(record)) this.#stopped = true;
  }

  #fail(kind: CsvDefect["kind"], line: number): void {
    this.defect ??= { kind, line };
    this.#stopped = true;
  }
}
