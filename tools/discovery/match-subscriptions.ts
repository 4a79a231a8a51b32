/** Ids of the subscriptions that a person means: the id, the whole name, else every name with that part. */
export function matchSubscriptions(asked: string, names: ReadonlyMap<string, string>): string[] {
  const wanted = asked.trim().toLowerCase();
  if (names.has(wanted)) return [wanted];
  const entries = [...names].map(([id, name]) => ({ id, name: name.toLowerCase() }));
  const exact = entries.filter(({ name }) => name === wanted);
  return (exact.length > 0 ? exact : entries.filter(({ name }) => name.includes(wanted))).map(({ id }) => id);
}
