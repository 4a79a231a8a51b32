/** The names most like what was asked for, best first; only those that share something with it. */
export function nearestNames(asked: string, names: readonly string[], limit = 3): string[] {
  const wanted = trigrams(asked);
  return names
    .map((name) => ({ name, likeness: likeness(asked, wanted, name) }))
    .filter((candidate) => candidate.likeness >= 0.2)
    .sort((a, b) => b.likeness - a.likeness || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map((candidate) => candidate.name);
}

/** Dice coefficient of character trigrams, 0..1; a name that contains the asked word is never far. */
function likeness(asked: string, wanted: Set<string>, name: string): number {
  const offered = trigrams(name);
  let shared = 0;
  for (const gram of wanted) if (offered.has(gram)) shared++;
  const dice = (2 * shared) / (wanted.size + offered.size);
  return asked.length >= 3 && name.toLowerCase().includes(asked.toLowerCase()) ? Math.max(dice, 0.5) : dice;
}

function trigrams(text: string): Set<string> {
  const padded = `  ${text.toLowerCase().trim()} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) grams.add(padded.slice(at, at + 3));
  return grams;
}
