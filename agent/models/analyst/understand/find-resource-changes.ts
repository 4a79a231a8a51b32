const thing = /["'‘“]?(?<thing>(?!rg-)\S*[-_/\d]\S*?)["'’”]?/.source;
const done =
  /(?:created|made|deleted|removed|changed|modified|edited|touched|resized|scaled|stopped|started|deallocated|restarted|retagged|tagged|attached|detached|gone)/
    .source;

/** "what happened to vm-1", "who deleted disk-2", "when was vm-1 last resized", "history of disk-3": one thing. */
const ofOne = new RegExp(
  `\\b(?:what (?:has |was |is )?(?:happened|changed|(?:been )?done|been changed|going on) (?:to|on|with|at|about)|(?:change )?history (?:of|for)|changes (?:to|on|of)|who (?:has |last )?${done}|when (?:was|were|did (?:we|someone|somebody|anyone) \\w+))\\s+(?:the\\s+|our\\s+)?${thing}(?:\\s+(?:last\\s+|first\\s+)?${done})?(?:\\s+(?:by who(?:m)?|and when|lately|recently))?\\s*[?.!]*$`,
  "i",
);

const time = /(?:in|on|over|during|within|since|between|this|last|past|yesterday|today|recently|lately)/
  .source;
const things =
  /\b(?:resources?(?! ?groups?)|vms?|virtual machines?|machines?|servers?|disks?|databases?|dbs?|public ips?|ips?|ip addresses|storage accounts?|load balancers?|clusters?|nics?|network interfaces?|nsgs?|gateways?|snapshots?|app services?|web ?apps?|key ?vaults?|functions?|vnets?|tags?|estate|inventory|environment|infrastructure)\b/i;
/** What only happens to things: "what was deleted" needs no other word. */
const physical = /(?:created|deleted|removed|deployed|resized|retagged|deallocated|disappeared|vanished)/
  .source;
const happened = new RegExp(
  `\\b(?:was|were|got|been|have|has|did (?:we|someone|somebody|anybody|anyone))\\s+(?:\\w+ ){0,2}?(?:${done}|${physical}|create|delete|remove|deploy|resize|retag|added|renamed|moved|appeared)\\b|\\b(?:created|deleted|removed|appeared|disappeared|vanished|resized|retagged|changed|modified)\\s+${time}\\b`,
  "i",
);
const onlyPhysical = new RegExp(
  `\\b(?:what|who|anything|something|which)\\s+(?:\\w+ ){0,3}?(?:was|were|got|been|has|have)?\\s*${physical}\\b`,
  "i",
);
const inEstate =
  /\bwhat(?:['’]s| has| is)? changed (?:in|on|across) (?:the|our|my) (?:\w+ )?(?:estate|inventory|environment|infrastructure|resources|cloud)\b/i;

/** "what changed last week": of days that the cloud still tells of; what changed in a month is asked of the bill. */
const lately =
  /^\s*(?:so |and |ok,? )?what(?:['’]s| has| is)? changed (?:around here )?(?:yesterday|today|recently|lately|(?:this|last|past) week|(?:in |over |during |within )?(?:the )?(?:last|past) (?:week|two weeks|2 weeks|fortnight|(?:\d|1[0-4]) days|\d+ hours)|since (?:yesterday|(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day))\s*[?.!]*\s*$/i;
const whoDid = new RegExp(
  `\\bwho\\s+(?:has |have |had |last |all )?(?:${done}|made (?:the |any |these |all )?changes)\\b`,
  "i",
);
/** "who touched rg-dev last week": a name is a thing, too. */
const namedPlace = /(?<![\w-])[a-z]\w*-[\w-]*\w/i;
const what = /\bwho\s+(?:has |have |had )?changed what\b/i;
/** "what changed last week and who did it": nobody does what a bill does. */
const byWhom =
  /\bchange[sd]?\b(?!.*\b(?:bills?|costs?|spend(?:ing)?|spent|invoices?)\b).*\b(?:by who(?:m)?|and who|who (?:did|made|changed) (?:it|that|this|them|those))\b/i;

/** What happened to things: "which disks were deleted last week", "what happened to vm-1". */
export const resourceChangeQuestion = {
  test: (text: string): boolean =>
    ofOne.test(text) ||
    inEstate.test(text) ||
    lately.test(text) ||
    what.test(text) ||
    byWhom.test(text) ||
    (whoDid.test(text) && (things.test(text) || namedPlace.test(text))) ||
    (happened.test(text) && (things.test(text) || onlyPhysical.test(text))),
};

/** The one thing that is asked about, as the person wrote it. */
export function changedThing(text: string): string | undefined {
  return ofOne.exec(text)?.groups?.thing;
}

const kinds = [
  ["created", /\b(?:created?|added|deployed?|appeared|new)\b/i],
  ["gone", /\b(?:deleted?|removed?|disappeared|vanished|gone)\b/i],
] as const;
const categories = [
  ["size", /\b(?:resized?|size|scaled)\b/i],
  ["tag", /\b(?:re)?tag(?:s|ged)?\b/i],
  ["status", /\b(?:stopped|started|deallocated|restarted|shut down|switched o(?:n|ff))\b/i],
  ["attachment", /\b(?:attached|detached)\b/i],
  ["tier", /\btiers?\b/i],
  ["region", /\bmoved\b/i],
] as const;

/** Which kind of change is asked for; none: any. */
export function changeKind(text: string): {
  kind?: "created" | "gone";
  category?: (typeof categories)[number][0];
} {
  const category = categories.find(([, words]) => words.test(text))?.[0];
  if (category) return { category };
  const named = kinds.filter(([, words]) => words.test(text));
  return named.length === 1 ? { kind: named[0]![0] } : {};
}
