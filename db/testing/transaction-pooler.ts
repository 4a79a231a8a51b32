import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import pg from "pg";

/** A server session, its socket taken over from a client that has signed in. */
interface Session {
  client: pg.Client;
  socket: Socket;
  busy: boolean;
}

export interface TransactionPooler {
  /** For a pool: as the server's own, but at the pooler's port. */
  url: string;
  /** How often a transaction got another session than the one before it of the same connection. */
  swaps(): number;
  /** Ends the pooler; what the sessions remember of the work is told by `ask`, run in each of them. */
  close(ask: string): Promise<unknown[][]>;
}

/**
 * Pools sessions by transaction, as PgBouncer does in that mode, and never gives a connection the same session twice
 * in a row: whatever is kept in a session outside a transaction is missing, or somebody else's, in the next one.
 */
export async function startTransactionPooler(
  serverUrl: string,
  sessionCount: number,
): Promise<TransactionPooler> {
  const sessions = await Promise.all(Array.from({ length: sessionCount }, () => openSession(serverUrl)));
  const waiting: (() => void)[] = [];
  let turn = 0;
  let swapCount = 0;

  async function take(last: Session | undefined): Promise<Session> {
    for (;;) {
      for (let step = 0; step < sessions.length; step++) {
        const session = sessions[(turn + step) % sessions.length]!;
        if (session.busy || session === last) continue;
        turn = (turn + step + 1) % sessions.length;
        session.busy = true;
        if (last) swapCount++;
        return session;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }
  function release(session: Session): void {
    session.busy = false;
    for (const wake of waiting.splice(0)) wake();
  }

  const server = createServer((socket) => void serve(socket, take, release).catch(() => socket.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(serverUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    swaps: () => swapCount,
    async close(ask) {
      server.close();
      return Promise.all(
        sessions.map(async ({ client, socket }) => {
          giveBack(socket);
          const { rows } = await client.query(ask);
          await client.end();
          return rows;
        }),
      );
    },
  };
}

const listenersOf = new WeakMap<Socket, ((chunk: Buffer) => void)[]>();

async function openSession(url: string): Promise<Session> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  listenersOf.set(stream, stream.listeners("data") as ((chunk: Buffer) => void)[]);
  stream.removeAllListeners("data");
  return { client, socket: stream, busy: false };
}

/** Gives the socket back to its client. */
function giveBack(socket: Socket): void {
  socket.removeAllListeners("data");
  for (const listener of listenersOf.get(socket)!) socket.on("data", listener);
}

async function serve(
  socket: Socket,
  take: (last: Session | undefined) => Promise<Session>,
  release: (session: Session) => void,
): Promise<void> {
  let last: Session | undefined;
  let current: Promise<Session> | undefined;
  const begin = async () => {
    const session = await take(last);
    const readable = messages();
    session.socket.removeAllListeners("data").on("data", (chunk: Buffer) => {
      socket.write(chunk);
      // ReadyForQuery, idle: the transaction is over.
      if (!readable(chunk).some(({ type, body }) => type === "Z" && body.toString() === "I")) return;
      last = session;
      current = undefined;
      release(session);
    });
    return session;
  };
  let greeted = false;
  socket.on("error", () => undefined);
  socket.on("close", () => void current?.then(({ client }) => client.end()).catch(() => undefined));
  const readable = messages();
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    if (!greeted) {
      greeted = true;
      // AuthenticationOk, standard_conforming_strings, ReadyForQuery: the pooler itself lets everybody in.
      const parameter = Buffer.from("standard_conforming_strings\0on\0");
      socket.write(
        Buffer.concat([
          message("R", Buffer.from([0, 0, 0, 0])),
          message("S", parameter),
          message("Z", Buffer.from("I")),
        ]),
      );
      continue;
    }
    // Terminate is for the pooler: the session goes on.
    if (readable(chunk).some(({ type }) => type === "X")) return void socket.end();
    current ??= begin();
    (await current).socket.write(chunk);
  }
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Cuts a stream into PostgreSQL's messages, whatever the chunks. */
function messages(): (chunk: Buffer) => { type: string; body: Buffer }[] {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const whole: { type: string; body: Buffer }[] = [];
    while (rest.length >= 5 && rest.length >= rest.readInt32BE(1) + 1) {
      const end = rest.readInt32BE(1) + 1;
      whole.push({ type: String.fromCharCode(rest[0]!), body: rest.subarray(5, end) });
      rest = rest.subarray(end);
    }
    return whole;
  };
}
