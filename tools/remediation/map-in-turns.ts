/** How many reads of a cloud one plan has under way: fifty at once would spend a person's whole quota. */
const atOnce = 8;

/** Maps in order, a few at a time; the first failure ends it. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
}
