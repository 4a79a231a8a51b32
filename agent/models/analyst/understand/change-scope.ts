import type { Question } from "../question.ts";
import type { ChangeRequest } from "./find-change-request.ts";
import { saysFinding } from "./find-recommendation-types.ts";
import { findResources } from "./find-resources.ts";
import { saidNameParts, saidNames } from "./said-names.ts";

/** What a change is to be made to, as far as the words say it. */
export type ChangeScope =
  /** Resources by their own names, in this message or in those before it. */
  | { kind: "named"; names: string[] }
  /** All that fit a place, a tag or a finding; `parts`: names that have these words in them. */
  | { kind: "described" }
  /** What the answer before lists; `count`: as many as the words say they are. */
  | { kind: "listed"; count: number | null }
  /** Not said, or said in words that nothing here reads: never everything, so it is asked for. */
  | { kind: "open"; unread?: string };

const pointsAtTwo = /\bboth\b/i;
const things = "(?:ones?|vms?|machines?|servers?|disks?|resources?|databases?|ips?|snapshots?|instances?)";
const pointsAtMany = new RegExp(
  String.raw`\b(?:them|those|these|the same|the rest|the others?|(?:the|all|these|those) (?:two|three|four|five|\d+)|the (?:listed|above|former|latter|first|last|second|third))\b|\b(?:such|said|above) ${things}\b`,
  "i",
);
const pointsAtOne = new RegExp(
  String.raw`\bit\b|\b(?:this|that) ${things}\b|\b(?:this|that)\s*(?:please|now|too|as well)?\s*[.!?]*$|\b(?:stop|delete|remove|resize|tag|move|downsize|shrink) (?:this|that)\b|\bthe (?:vm|virtual machine|machine|server|disk|resource|database|db|public ip|ip|snapshot|instance|load balancer|nic)\b(?! (?:named|called))`,
  "i",
);
const pointsAtKind = /\bthe (?:\w+ )?[a-z]+s\b/i;

/** Which resources a change request means; `earlier`: the questions before it, `hasList`: the last of them was answered with a list. */
export function findChangeScope(
  question: Question,
  request: ChangeRequest,
  earlier: readonly Question[],
  hasList: boolean,
): ChangeScope {
  const names = saidNames(question);
  if (names.length > 0) return { kind: "named", names };
  const { text } = question;
  const isNarrowed = saysFinding(text) || saysPlace(question);
  if (pointsAtTwo.test(text)) return pointedAt(2, earlier, hasList);
  if (pointsAtMany.test(text)) return pointedAt(null, earlier, hasList);
  if (pointsAtOne.test(text) && !isNarrowed) return pointedAt(1, earlier, hasList);
  if (!isNarrowed && hasList && pointsAtKind.test(text)) return pointedAt(null, earlier, hasList);
  const unread = question.unread?.[0] ?? question.ambiguousNames[0]?.words;
  if (unread) return { kind: "open", unread };
  const [left] = question.filters.filter(({ dimension, exclude }) => exclude && dimension !== "resource");
  if (left) return { kind: "open", unread: `without ${left.words}` };
  if (!isNarrowed && !isLimitedByFindings(question, request)) return { kind: "open" };
  return { kind: "described" };
}

/** What was named last, one in each of several messages or all in one; else what the answer before lists. */
function pointedAt(count: 1 | 2 | null, earlier: readonly Question[], hasList: boolean): ChangeScope {
  const last = earlier.at(-1);
  const own = last ? saidNames(last) : [];
  const chain = namesInARow(earlier);
  const fits = (names: readonly string[]) => (count ? names.length === count : names.length > 0);
  if (count !== null && fits(own)) return { kind: "named", names: own };
  if (count !== 1 && own.length < 2 && fits(chain)) return { kind: "named", names: chain };
  if (count === null && own.length > 1) return { kind: "named", names: own };
  return own.length === 0 && hasList ? { kind: "listed", count } : { kind: "open" };
}

/** The names of the messages just before, back to the first that names nothing. */
function namesInARow(earlier: readonly Question[]): string[] {
  const names = new Map<string, string>();
  for (const question of earlier.toReversed()) {
    const said = saidNames(question);
    if (said.length === 0) break;
    for (const name of said) names.set(name.toLowerCase(), name);
  }
  return [...names.values()].reverse();
}

function saysPlace(question: Question): boolean {
  const isPlace = ({ dimension, exclude }: Question["filters"][number]) =>
    !exclude && ["region", "resource_group", "subscription", "tag"].includes(dimension);
  return question.filters.some(isPlace) || saidNameParts(question).length > 0;
}

/** "right-size the SQL databases": of a kind, only those that the rules found to be worth it. */
function isLimitedByFindings({ text, filters }: Question, request: ChangeRequest): boolean {
  if (request.kind !== "improve" || request.to !== null) return false;
  const saysKind = findResources(text).type !== undefined || /\blicen[cs]es?\b/i.test(text);
  return saysKind && !filters.some(({ exclude }) => exclude);
}
