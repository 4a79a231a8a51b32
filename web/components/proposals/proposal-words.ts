import { throughWords } from "@cloudoptima/tools/kernel/through-words.ts";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import type { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { formatMoney } from "../../lib/format.ts";

export type Proposal = ProposalOutput;
export type Status = Proposal["status"];
export type ItemStatus = Proposal["items"][number]["status"];
type Amounts = readonly { value: string; currency: string }[];

/** "Ada, in the chat" */
export function personThrough(name: string, door: string): string {
  return `${visibleLine(name)}, ${throughWords[door] ?? visibleLine(door)}`;
}

/** One figure per currency, never added; null when there is none. */
export function moneyText(amounts: Amounts): string | null {
  if (amounts.length === 0) return null;
  return amounts.map(({ value, currency }) => formatMoney(value, currency)).join(" and ");
}

/** How the plan is undone, as the plan itself says. */
export function undoText({ direction, reversible, plan }: Proposal): string {
  if (direction === "undo") return "This is the way back itself.";
  const ways = [...new Set(plan.items.flatMap(({ undo }) => (undo === null ? [] : [visibleLine(undo)])))];
  if (ways.length === 0) return "It cannot be undone.";
  return reversible ? ways.join(" ") : `Not fully. ${ways.join(" ")}`;
}

/** What every resource shares is said once; the rest beside its resource, by position. */
export function splitEffects(items: Proposal["plan"]["items"]): { shared: string[]; own: string[][] } {
  const all = items.map(({ effects }) => effects.map((effect) => visibleLine(effect)));
  const shared = [...new Set(all[0])].filter((effect) => all.every((effects) => effects.includes(effect)));
  return { shared, own: all.map((effects) => effects.filter((effect) => !shared.includes(effect))) };
}

/** "3 days left", in the unit that matters; `now` in milliseconds of the real clock. */
export function timeLeft(expiresAt: string, now: number): string {
  const minutes = Math.floor((Date.parse(expiresAt) - now) / 60_000);
  if (minutes < 1) return "less than a minute left";
  if (minutes < 60) return plural(minutes, "minute");
  if (minutes < 48 * 60) return plural(Math.floor(minutes / 60), "hour");
  return plural(Math.round(minutes / (24 * 60)), "day");
}

const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"} left`;

const journalStates: Readonly<Record<string, string>> = {
  starting: "sending to the cloud",
  submitted: "accepted by the cloud",
  done: "seen in the cloud",
  failed: "failed",
  unknown: "not certain",
};

/** "deallocate: accepted by the cloud" */
export function journalText({ step, state }: Pick<Proposal["journal"][number], "step" | "state">): string {
  return `${visibleLine(step).replaceAll("_", " ")}: ${journalStates[state] ?? visibleLine(state)}`;
}
