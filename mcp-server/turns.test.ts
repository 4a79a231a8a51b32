import fc from "fast-check";
import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

const never = new AbortController().signal;

it("runs everything in order, never more of one person than may, and holds nobody else up", async () => {
  const call = fc.record({ who: fc.constantFrom("a", "b", "c"), steps: fc.nat(5), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      async (calls, most) => {
        const turns = createTurns(most);
        const running = new Map<string, number>();
        const started: number[] = [];
        const ends = await Promise.allSettled(
          calls.map(({ who, steps, fails }, index) =>
            turns.take(who, never, async () => {
              started.push(index);
              running.set(who, (running.get(who) ?? 0) + 1);
              expect(running.get(who)).toBeLessThanOrEqual(most);
              for (let step = 0; step < steps; step++) await null;
              running.set(who, running.get(who)! - 1);
              if (fails) throw new Error("failed");
              return index;
            }),
          ),
        );
        expect(ends.map(({ status }) => status)).toEqual(
          calls.map(({ fails }) => (fails ? "rejected" : "fulfilled")),
        );
        for (const person of ["a", "b", "c"]) {
          const order = started.filter((index) => calls[index]!.who === person);
          expect(order).toEqual(order.toSorted((one, other) => one - other));
        }
      },
    ),
  );
});

it("gives up a place in the line when its caller goes away, and the next one moves up", async () => {
  const turns = createTurns(1);
  let end = () => {};
  const first = turns.take("a", never, () => new Promise<void>((resolve) => (end = resolve)));
  const leaving = new AbortController();
  const ran: string[] = [];
  const left = turns.take("a", leaving.signal, async () => void ran.push("left"));
  const stays = turns.take("a", never, async () => void ran.push("stays"));
  leaving.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  await expect(turns.take("a", leaving.signal, async () => void ran.push("late"))).rejects.toThrow("gone");
  await turns.take("b", never, async () => void ran.push("another person"));
  expect(ran).toEqual(["another person"]);
  end();
  await Promise.all([first, stays]);
  expect(ran).toEqual(["another person", "stays"]);
});
