import type { Writable } from "node:stream";
import pg from "pg";

/** The part of pg's connection that a COPY needs; its types leave it out. */
interface CopyConnection {
  stream: Writable;
  query(text: string): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/** What a COPY brings, piece by piece; a piece may end anywhere, and its memory may be used again for the next. */
export type CopyData = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const copyStatement = /^\s*copy\s.*\sfrom stdin\b/is;

/**
 * A client whose `query("copy … from stdin …", [data])` sends the data, so that a COPY runs inside any transaction.
 * For servers alone: the embedded engine dies of a COPY.
 */
export class CopyingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg's own signature has a dozen overloads
  override query(...args: any[]): any {
    const [text, values] = args;
    if (typeof text !== "string" || !Array.isArray(values) || !copyStatement.test(text)) {
      return (super.query as (...given: unknown[]) => unknown)(...args);
    }
    const { promise, resolve, reject } = Promise.withResolvers<pg.QueryResult>();
    (super.query as (query: unknown) => unknown)(new CopyIn(text, values[0] as CopyData, resolve, reject));
    return promise;
  }
}

/** One COPY as pg runs a query: it is submitted, told of the server's messages, and ends when the server is ready. */
class CopyIn {
  #rowCount = 0;
  #failure: Error | undefined;
  readonly #text: string;
  readonly #data: CopyData;
  readonly #resolve: (result: pg.QueryResult) => void;
  readonly #reject: (cause: Error) => void;

  constructor(
    text: string,
    data: CopyData,
    resolve: (result: pg.QueryResult) => void,
    reject: (cause: Error) => void,
  ) {
    this.#text = text;
    this.#data = data;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: CopyConnection): void {
    connection.query(this.#text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    void this.#send(connection);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rowCount = Number(/\d+$/.exec(text)?.[0] ?? 0);
  }

  handleError(cause: Error): void {
    // The server's word on data that we could not read says less than why we could not.
    this.#failure ??= cause;
    // A lost connection is never ready again.
    this.#reject(this.#failure);
  }

  handleReadyForQuery(): void {
    if (this.#failure) return;
    this.#resolve({ command: "COPY", rowCount: this.#rowCount, oid: 0, rows: [], fields: [] });
  }

  async #send(connection: CopyConnection): Promise<void> {
    try {
      for await (const chunk of this.#data) {
        if (this.#failure) return; // the server has refused already, and takes no notice of the rest
        await sendPiece(connection.stream, chunk);
      }
      connection.endCopyFrom();
    } catch (cause) {
      this.#failure ??= cause as Error;
      connection.sendCopyFail("the data could not be read");
    }
  }
}

/**
 * Sends a CopyData message: "d", the length of what follows it, the piece as it is. (pg's own would copy the piece
 * into new memory and keep buffers of its size for every later message of the process.) Ends when it is sent or
 * the connection is lost, which the connection tells by itself.
 */
async function sendPiece(stream: Writable, piece: Uint8Array): Promise<void> {
  const header = Buffer.alloc(5);
  header.write("d");
  header.writeUInt32BE(piece.length + 4, 1);
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.cork();
  stream.write(header);
  stream.write(piece, () => resolve());
  stream.uncork();
  await promise;
}
