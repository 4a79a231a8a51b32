/**
 * Steps in the order of their ranks, except that of two which meet on a resource the one that was first stays first:
 * what each adds to those before it is reckoned in that order, so nothing changes but which is told first.
 */
export function arrangeSteps<Step>(
  steps: readonly Step[],
  { rankOf, resourcesOf }: { rankOf(step: Step): number; resourcesOf(step: Step): Iterable<string> },
): Step[] {
  const waitsFor = steps.map(() => 0);
  const followers = steps.map((): number[] => []);
  const lastOn = new Map<string, number>();
  for (const [index, step] of steps.entries()) {
    const resources = [...resourcesOf(step)];
    for (const earlier of new Set(resources.flatMap((id) => lastOn.get(id) ?? []))) {
      waitsFor[index]! += 1;
      followers[earlier]!.push(index);
    }
    for (const id of resources) lastOn.set(id, index);
  }
  const ranks = steps.map(rankOf);
  const byRank = (a: number, b: number) => ranks[a]! - ranks[b]! || a - b;
  const ready = steps.flatMap((_, index) => (waitsFor[index] === 0 ? [index] : [])).sort(byRank);
  const arranged: Step[] = [];
  while (ready.length > 0) {
    const next = ready.shift()!;
    arranged.push(steps[next]!);
    const freed = followers[next]!.filter((index) => --waitsFor[index]! === 0);
    if (freed.length > 0) {
      ready.push(...freed);
      ready.sort(byRank);
    }
  }
  return arranged;
}
