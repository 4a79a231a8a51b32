import pino, { type DestinationStream, type Logger } from "pino";
import { redact } from "./kernel/redact.ts";

export interface LogOptions {
  level: string;
  /** Where lines go; stderr unless a test reads them. Stdout belongs to answers. */
  destination?: DestinationStream;
}

/** Structured logs on stderr. Each finished line passes redaction, so that no way of logging writes a secret. */
export function createLog({ level, destination }: LogOptions): Logger {
  const lines = destination ?? pino.destination({ fd: 2, sync: true });
  const redacted: DestinationStream = {
    write: (line) => lines.write(`${JSON.stringify(redact(JSON.parse(line)))}\n`),
  };
  // Errors of database and HTTP clients hold whole connections: only what redact describes becomes a line.
  return pino({ level, base: null, serializers: { err: (error: unknown) => redact(error) } }, redacted);
}
