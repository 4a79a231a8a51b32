import { expect, test } from "vitest";
import { moneyText, type Proposal, splitEffects, timeLeft, undoText } from "./proposal-words.ts";

const item = (effects: string[], undo: string | null = "Start it again.") =>
  ({ effects, undo }) as unknown as Proposal["plan"]["items"][number];
const proposal = (items: ReturnType<typeof item>[], rest: Partial<Proposal> = {}) =>
  ({ direction: "apply", reversible: true, plan: { items }, ...rest }) as unknown as Proposal;

test("amounts of different currencies are never added", () => {
  expect(
    moneyText([
      { value: "412", currency: "USD" },
      { value: "3.5", currency: "EUR" },
    ]),
  ).toBe("$412.00 and €3.50");
  expect(moneyText([])).toBeNull();
});

test("what all resources share is said once, the rest beside its resource", () => {
  const { shared, own } = splitEffects([item(["Disk lost.", "Address given back."]), item(["Disk lost."])]);
  expect(shared).toEqual(["Disk lost."]);
  expect(own).toEqual([["Address given back."], []]);
});

test("a plan that cannot be undone says so, and one that can in part says that", () => {
  expect(undoText(proposal([item([]), item([])]))).toBe("Start it again.");
  expect(undoText(proposal([item([], null)], { reversible: false }))).toBe("It cannot be undone.");
  expect(undoText(proposal([item([])], { reversible: false }))).toBe("Not fully. Start it again.");
  expect(undoText(proposal([item([], null)], { direction: "undo" }))).toBe("This is the way back itself.");
});

test("time left is told in the unit that matters", () => {
  const now = Date.parse("2026-11-28T12:00:00Z");
  expect(timeLeft("2026-12-01T12:00:00Z", now)).toBe("3 days left");
  expect(timeLeft("2026-12-01T11:59:30Z", now)).toBe("3 days left");
  expect(timeLeft("2026-11-28T13:00:00Z", now)).toBe("1 hour left");
  expect(timeLeft("2026-11-28T12:05:30Z", now)).toBe("5 minutes left");
  expect(timeLeft("2026-11-28T11:00:00Z", now)).toBe("less than a minute left");
});
