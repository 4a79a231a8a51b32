/**
 * Remembers what was taken up lately. A chat sends an event again when an acknowledgement was late, and some events
 * come in two shapes: neither is answered twice. (The database remembers members' questions, too, for other
 * processes.)
 */
export function createRecent(most = 10_000): { isNew(key: string): boolean } {
  const keys = new Set<string>();
  return {
    isNew(key) {
      if (keys.has(key)) return false;
      keys.add(key);
      if (keys.size > most) keys.delete(keys.values().next().value!);
      return true;
    },
  };
}
