import type { ChatPerson } from "./senders.ts";

export interface KnownPeople {
  /** Asks the platform now: for linking and deciding, where yesterday's standing does not count. */
  read(id: string, ask: () => Promise<ChatPerson>): Promise<ChatPerson>;
  /** The same from the last minutes, for questions. */
  recall(id: string, ask: () => Promise<ChatPerson>): Promise<ChatPerson>;
}

const recalledMs = 5 * 60_000;
const mostKnown = 10_000;

/** What a platform said about people lately. */
export function createKnownPeople(now: () => number): KnownPeople {
  const known = new Map<string, { person: ChatPerson; at: number }>();
  const read: KnownPeople["read"] = async (id, ask) => {
    const person = await ask();
    known.delete(id);
    known.set(id, { person, at: now() });
    if (known.size > mostKnown) known.delete(known.keys().next().value!);
    return person;
  };
  return {
    read,
    async recall(id, ask) {
      const entry = known.get(id);
      return entry && entry.at > now() - recalledMs ? entry.person : read(id, ask);
    },
  };
}
