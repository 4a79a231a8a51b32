import type { Logger } from "pino";

/** A posted message that a platform can change. */
export interface EditableMessage<Message> {
  /** Tries once; may fail. */
  edit(message: Message): Promise<void>;
  /** Does not give up before the platform's limits have passed. */
  insist(message: Message): Promise<void>;
  /** How long the platform asks to wait; null when the error is not a rate limit. */
  pauseAfter(error: unknown): number | null;
}

export interface LiveMessage<Message> {
  /** Shows a state when there is time for it; of states that come faster than that the last is shown. */
  update(message: () => Message): void;
  /** Shows the end, whatever it takes. */
  finish(message: Message): Promise<void>;
}

/** A message that grows: updates are left out, never queued, where the platform's rate limit leaves no room. */
export function liveMessage<Message>(
  posted: EditableMessage<Message>,
  { log, intervalMs, now }: { log: Logger; intervalMs: number; now(): number },
): LiveMessage<Message> {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  let notBefore = now() + intervalMs;
  let shown = "";

  const send = async (message: Message) => {
    busy = true;
    try {
      await posted.edit(message);
      notBefore = now() + intervalMs;
    } catch (err) {
      const pause = posted.pauseAfter(err);
      notBefore = now() + Math.max(intervalMs, pause ?? 0);
      if (pause === null) log.warn({ err }, "an answer's state could not be shown in a chat");
    } finally {
      busy = false;
    }
  };

  return {
    update(message) {
      if (busy || now() < notBefore) return;
      const next = message();
      const content = JSON.stringify(next);
      if (content === shown) return;
      shown = content;
      running = send(next);
    },
    async finish(message) {
      await running;
      await posted.insist(message);
    },
  };
}
