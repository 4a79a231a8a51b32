import { UpdateEvent } from "@cloudoptima/tools/kernel/update-event.ts";
import { closeCodes } from "./close-codes.ts";

const firstRetryMs = 500;
const longestRetryMs = 30_000;
/** Closed so, another try would end the same way. */
const finalCodes: ReadonlySet<number> = new Set([closeCodes.sessionEnded, closeCodes.notAllowed]);

export interface FollowOptions {
  open(): WebSocket;
  onEvent(event: UpdateEvent): void;
  /** 0 up to 1; spreads the return of many pages after a restart. */
  random?(): number;
}

/** Listens to the server's updates and comes back, ever more slowly, when it was cut off. Returns how to end it. */
export function followUpdates({ open, onEvent, random = Math.random }: FollowOptions): () => void {
  let ended = false;
  let failures = 0;
  let wasOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;

  function connect(): void {
    const mine = open();
    socket = mine;
    mine.onopen = () => {
      failures = 0;
      // What happened while nobody listened is not told again.
      if (wasOpen) onEvent({ type: "resync", data: {} });
      wasOpen = true;
    };
    mine.onmessage = ({ data }) => {
      const event = readEvent(data);
      if (event) onEvent(event);
    };
    mine.onclose = ({ code }) => {
      if (ended || finalCodes.has(code)) return;
      const waitMs = Math.min(firstRetryMs * 2 ** failures, longestRetryMs);
      failures++;
      timer = setTimeout(connect, waitMs * (0.5 + random() / 2));
    };
  }

  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}

/** Null for what a newer server may tell an older page. */
function readEvent(data: unknown): UpdateEvent | null {
  if (typeof data !== "string") return null;
  try {
    return UpdateEvent.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
