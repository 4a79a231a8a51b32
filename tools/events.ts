import { randomUUID } from "node:crypto";
import type { Database } from "@cloudoptima/db/client.ts";
import { type EventRelay, openEventRelay } from "@cloudoptima/db/events.ts";
import type { Logger } from "pino";
import { z } from "zod";
import { UpdateEvent } from "./kernel/update-event.ts";

export type EventListener = (event: UpdateEvent) => void;

/** Tells whoever watches an organization what happens in it. Nobody hears of another organization. */
export interface EventHub {
  /** Tells all listeners, in this process at once; a failing listener is logged, never thrown at the publisher. */
  publish(organizationId: string, event: UpdateEvent): void;
  /** Returns the function that ends it. */
  subscribe(organizationId: string, listener: EventListener): () => void;
  close(): Promise<void>;
}

const Message = z.object({ sender: z.uuid(), organizationId: z.uuid(), event: UpdateEvent });

/** A hub of this process alone: enough where one process owns the data. */
export function createEventHub({ log }: { log: Pick<Logger, "warn"> }): EventHub {
  return createHub(log).hub;
}

/** A hub that all processes on one PostgreSQL server share. */
export async function openSharedEventHub(options: {
  database: Database;
  databaseUrl: string;
  log: Pick<Logger, "warn">;
}): Promise<EventHub> {
  const { log } = options;
  const { hub, tell, tellAll } = createHub(log);
  const self = randomUUID();
  const relay: EventRelay = await openEventRelay({
    ...options,
    onMessage(text) {
      const message = parseMessage(text);
      if (!message) log.warn({}, "an event of another version of the product was left out");
      // What this process published it has told its own listeners already, also when the server was away.
      else if (message.sender !== self) tell(message.organizationId, message.event);
    },
    onGap: () => tellAll({ type: "resync", data: {} }),
  });
  return {
    ...hub,
    publish(organizationId, event) {
      hub.publish(organizationId, event);
      relay.send(JSON.stringify({ sender: self, organizationId, event }));
    },
    close: () => relay.close(),
  };
}

function createHub(log: Pick<Logger, "warn">) {
  const listeners = new Map<string, Set<EventListener>>();

  function tell(organizationId: string, event: UpdateEvent): void {
    for (const listener of [...(listeners.get(organizationId) ?? [])]) {
      try {
        listener(event);
      } catch (err) {
        log.warn({ err, type: event.type }, "a listener failed");
      }
    }
  }

  const hub: EventHub = {
    publish: tell,
    subscribe(organizationId, listener) {
      // A wrapper of its own, so that one function subscribed twice is also ended twice.
      const mine: EventListener = (event) => listener(event);
      const all = listeners.get(organizationId) ?? new Set();
      listeners.set(organizationId, all.add(mine));
      return () => {
        all.delete(mine);
        if (all.size === 0 && listeners.get(organizationId) === all) listeners.delete(organizationId);
      };
    },
    close: async () => listeners.clear(),
  };
  const tellAll = (event: UpdateEvent) => {
    for (const organizationId of [...listeners.keys()]) tell(organizationId, event);
  };
  return { hub, tell, tellAll };
}

function parseMessage(text: string): z.infer<typeof Message> | undefined {
  try {
    return Message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
