/** The server does not answer now: it restarts, refuses connections or was lost in the middle. Trying again may help. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super("The database does not answer.", { cause });
    this.name = "DatabaseAway";
  }
}

// PostgreSQL's classes 08 (connection) and 57P (shutdown, crash, starting up), "too many connections", and the socket's own.
const codes = /^(08...|57P0[1-3]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
// What pg and its pool say without a code.
const messages =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** `error`, or that the database is away where that is what it means; for errors of the database alone. */
export function asDatabaseAway(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  const isAway = (typeof code === "string" && codes.test(code)) || messages.test(error.message);
  return isAway ? new DatabaseAway(error) : error;
}
