import { formatPercent } from "../../lib/format.ts";
import type { AllocationRule } from "./use-allocation.ts";

/** What a rule takes: "untagged cost of resource group rg-hub named log-*". */
export function takes({ costs, match }: Pick<AllocationRule, "costs" | "match">): string {
  const said = [
    match.tagKey !== null && `tagged ${match.tagKey} = ${match.tagValue}`,
    match.namePattern !== null && `named ${match.namePattern}`,
    listed("subscription", match.subscriptions),
    listed("resource group", match.resourceGroups),
    listed("service", match.services),
  ].filter(Boolean);
  return `${costs === "untagged" ? "Untagged cost" : "All cost"} ${said.join(", and ")}`;
}

/** Where it goes: "web 60 %, data 40 %", or in proportion to what teams cost themselves. */
export function goesTo({ split, shares, teams }: Pick<AllocationRule, "split" | "shares" | "teams">): string {
  if (split === "fixed") {
    return shares.map(({ team, percent }) => `${team} ${formatPercent(percent)}`).join(", ");
  }
  return `${teams.length > 0 ? teams.join(", ") : "all teams"} in proportion to their own cost`;
}

function listed(what: string, names: readonly string[]): string | false {
  if (names.length === 0) return false;
  return `of ${what}${names.length > 1 ? "s" : ""} ${names.join(" or ")}`;
}

/** Names typed with commas between them. */
export function splitNames(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

/** "web 60, data 40" as shares; a line that cannot be read is a sentence about it. */
export function readShares(text: string): { team: string; percent: string }[] | string {
  const shares: { team: string; percent: string }[] = [];
  for (const part of splitNames(text)) {
    const read = /^(.+?)[\s:=]+(\d{1,3}(?:\.\d{1,6})?)\s*%?$/.exec(part);
    if (!read) return `“${part}” is no team with a share: write “web 60, data 40”.`;
    shares.push({ team: read[1]!, percent: read[2]! });
  }
  return shares;
}
