/** Does what has the same key once: whoever asks again, at the same time or later, gets the first one's outcome. */
export function createOnce<Result>(
  most = 500,
): (key: string, work: () => Promise<Result>) => Promise<Result> {
  const outcomes = new Map<string, Promise<Result>>();
  return (key, work) => {
    const known = outcomes.get(key);
    if (known) return known;
    const outcome = work();
    outcomes.set(key, outcome);
    if (outcomes.size > most) outcomes.delete(outcomes.keys().next().value!);
    return outcome;
  };
}
