/** A number in [0, 1) that depends on nothing but its keys: the same at every start, on every machine. */
export function random(...keys: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const key of keys) {
    const text = String(key);
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return finish(hash);
}

/** `random` for hot loops: one hashed key and one integer. */
export function randomAt(keyHash: number, position: number): number {
  return finish(Math.imul(keyHash ^ position, 0x9e3779b1) ^ (position >>> 15));
}

export function hashOf(key: string): number {
  return Math.floor(random(key) * 0x100000000) | 0;
}

/** An integer from low to high, both included. */
export function randomInteger(low: number, high: number, ...keys: (string | number)[]): number {
  return low + Math.floor(random(...keys) * (high - low + 1));
}

export function pick<Item>(items: readonly Item[], ...keys: (string | number)[]): Item {
  return items[randomInteger(0, items.length - 1, ...keys)]!;
}

/** A UUID-shaped id made from keys. */
export function stableUuid(...keys: (string | number)[]): string {
  const digits = Array.from({ length: 32 }, (_, index) =>
    Math.floor(random(...keys, "uuid", index) * 16).toString(16),
  );
  digits[12] = "4";
  digits[16] = "a";
  const text = digits.join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    "-",
  );
}

// MurmurHash3's finalizer: neighbouring inputs give unrelated outputs.
function finish(input: number): number {
  let hash = input ^ (input >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 0x100000000;
}
