import { findKind, findKinds } from "./find-resources.ts";

/** What belongs to one resource, as the words ask for it. */
export interface RelationshipQuestion {
  /** The resource's name as it was said. */
  name: string;
  direction: "uses" | "used_by" | "both";
  /** Only related resources of these types. */
  types: string[];
  noun?: string;
  /** What they cost; `withItself`: the named one as well. */
  cost?: { withItself: boolean };
  /** Whether it can go without harm. */
  canGo?: boolean;
}

const nameLike =
  /(?<![\w/-])(?!rg-)(?:\/subscriptions\/\S+[\w-]|[a-z][\w.]*(?:[-_][\w.]*\w)+|[a-z]{3,}\d[\w.]*)(?![\w-])/gi;
const everyday =
  /^(?:over|under|right|down|low|high|medium|stand|auto|well|non|pre|re|cost|risk|on|off|pay|up|month|year|week|e)[-_]/i;
const goes =
  "(?:delete|remove|retire|decommission|get rid of|drop|scrap|dispose of|kill|throw away|do without|deleted|removed|retired|decommissioned|dropped|scrapped|deleting|removing|retiring|decommissioning)";
const asksWhetherItCanGo = new RegExp(
  [
    String.raw`\b(?:is it|would it be|are we|is this) (?:safe|ok(?:ay)?|fine|possible|alright|risky|dangerous|a problem)\b.*\b${goes}\b`,
    String.raw`\b(?:can|could|may|should|might) (?!you\b)[\w-]+(?: \w+){0,2} ${goes}\b`,
    String.raw`\b(?:what|anything|something|who)\b.*\b(?:happens?|breaks?|suffers?|affected)\b.*\b${goes}\b`,
    String.raw`\b${goes}\b.*\b(?:break|hurt|affect|harm)\w*\b`,
    String.raw`\b(?:do we|does (?:anyone|anybody|anything|somebody|something)|is (?:anyone|anybody|anything|somebody|something)) (?:still |really )?(?:need|use|using|needing|depend\w*)\b`,
  ].join("|"),
  "i",
);
const dependsOn =
  /\b(?:depends?|depending|relies|rely|relying) on\b|\b(?:what|who|which \w+) (?:still )?(?:uses?|needs?)\b/i;
const belongs =
  /\b(?:attached|connected|linked|plugged|belong(?:s|ing)?) (?:to|into)\b|\b(?:go(?:es)? with|hang(?:s|ing)? on)\b/i;
const standsOn =
  /\b(?:sits?|sitting|runs?|running|lives?|living|hosted|deployed|stored|are|is)(?: there)? (?:on|in|inside|behind|under)\b|\b(?:protect|guard|secure|filter|host|hold|contain|use|need)(?:s|ing|ed)?\b|\b(?:does|do|has|have)\b/i;
const ofOne =
  /^\s*(?:that are |which are )?(?:of|on|behind|from|attached to|belonging to)\s+(?:the )?(?:\w+ ){0,2}$/i;
const inNetwork = /^\s*(?:in|inside)\s+(?:the )?(?:\w+ ){0,2}(?=(?:vnet|snet|aks|plan|asp|pool|sql)-)/i;
const costs =
  /\b(?:costs?|costing|spend|spent|pay|paid|price|expensive|dearest|costliest|priciest|cheapest)\b/i;
const including =
  /\b(?:includ(?:ing|es?|ed)|incl\.?|with|plus|and|together with|as well as)\s+(?:all )?(?:of )?(?:its|the|their|everything|all)\b/i;

/** "which NSG protects vm-1", "databases on sql-data", "is it safe to delete disk-2"; undefined for other questions. */
export function findRelationships(text: string): RelationshipQuestion | undefined {
  const names = [...text.matchAll(nameLike)].filter(([name]) => !everyday.test(name));
  const [match] = names;
  if (!match || new Set(names.map(([name]) => name.toLowerCase())).size > 1) return undefined;
  const [name] = match;
  if (asksWhetherItCanGo.test(text)) return { name, direction: "used_by", types: [], canGo: true };
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + name.length);
  const rest = `${before}${"·".repeat(name.length)}${after}`;
  const hasCost = costs.test(rest);
  if (hasCost && including.test(after)) {
    const kinds = findKinds(after);
    return {
      name,
      direction: "uses",
      types: kinds.flatMap(({ type }) => type ?? []),
      cost: { withItself: true },
    };
  }
  const kind = findKind(before);
  // The kind right before the name is the name's own: "the storage account st1".
  const isOwn = kind && /^\s*(?:named |called )?["'‘“]?$/.test(before.slice(kind.end));
  if (kind?.type && !isOwn) {
    const between = before.slice(kind.end);
    const isRelated = [belongs, dependsOn, standsOn].some((words) => words.test(`${between} `));
    const isPart = ofOne.test(between) || inNetwork.test(`${between}${name}`);
    if (isRelated || isPart)
      return {
        name,
        direction: "both",
        types: [kind.type],
        noun: kind.noun,
        ...(hasCost ? { cost: { withItself: false } } : {}),
      };
  }
  if (hasCost) return undefined;
  if (dependsOn.test(rest)) return { name, direction: "used_by", types: [] };
  if (belongs.test(rest)) return { name, direction: "both", types: [] };
  if (/\bwhat (?:else )?(?:does|do)\b.*·.*\b(?:use|need|depend)\b/i.test(rest))
    return { name, direction: "uses", types: [] };
  return undefined;
}
