import pg from "pg";

/** The part of pg's connection that a COPY needs; its types leave it out. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

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
    (super.query as (query: unknown) => unknown)(
      new CopyIn(text, Buffer.from(String(values[0])), resolve, reject),
    );
    return promise;
  }
}

/** One COPY as pg runs a query: it is submitted, told of the server's messages, and ends when the server is ready. */
class CopyIn {
  #rowCount = 0;
  #failure: Error | undefined;
  readonly #text: string;
  readonly #data: Buffer;
  readonly #resolve: (result: pg.QueryResult) => void;
  readonly #reject: (cause: Error) => void;

  constructor(
    text: string,
    data: Buffer,
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
    connection.sendCopyFromChunk(this.#data);
    connection.endCopyFrom();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rowCount = Number(/\d+$/.exec(text)?.[0] ?? 0);
  }

  handleError(cause: Error): void {
    this.#failure = cause;
    // A lost connection is never ready again.
    this.#reject(cause);
  }

  handleReadyForQuery(): void {
    if (this.#failure) return;
    this.#resolve({ command: "COPY", rowCount: this.#rowCount, oid: 0, rows: [], fields: [] });
  }
}
