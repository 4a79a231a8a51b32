import type { MetricKind } from "@cloudoptima/tools/discovery/metric-words.ts";
import type { Question } from "../question.ts";
import { commonWords } from "./common-words.ts";

/** What was measured: of which resources, and what of them; all of it when no kind is named. */
export interface MetricsQuery {
  /** Names as the person wrote them; none: of which, nothing says. */
  things: string[];
  kind?: MetricKind;
}

const kinds: readonly [MetricKind, RegExp][] = [
  ["cpu", /\b(?:cpus?|processors?|v?cores?(?= (?:usage|use|load|utili[sz]ation|percent)))\b/i],
  ["memory", /\b(?:memory|ram)\b/i],
  ["dtu", /\be?dtus?\b/i],
  ["sessions", /\bsessions\b/i],
  [
    "disk",
    /\b(?:disk (?:usage|use|load|throughput|activity|i\/?os?|operations?|reads?|writes?|metrics?|traffic)|iops|i\/o)\b/i,
  ],
  [
    "network",
    /\b(?:network|bandwidth|traffic|ingress|egress|throughput|flows|connections|bytes (?:in|out|sent|received))\b/i,
  ],
  ["requests", /\b(?:requests|hits)\b/i],
  ["transactions", /\btransactions\b/i],
  [
    "storage",
    /\bhow full\b|\b(?:storage|capacity|space|data size) (?:usage|use|used|utili[sz]ation|metrics?|growth)\b|\bhow much (?:storage|space|capacity|data)\b/i,
  ],
];
const load =
  /\b(?:utili[sz](?:ation|ed)|usage|load(?:ed)?|how (?:\w+ )?busy|busy|metrics?|under pressure|how hard\b.*\bwork\w*|doing anything|active at all|peaks?)\b/i;
/** Words beside which a load is the reason for something else that is asked. */
const otherQuestion =
  /\b(?:too (?:large|big|small|much)|idle|idling|why|recommend\w*|should|could|smaller|bigger|downsiz\w*|resiz\w*|right-?siz\w*|sav(?:e|ings?)|wast\w*|flag\w*|scor\w*|checks?|fail\w*|reserv\w*|commit\w*|attached|connected|depends?|(?:under|over)-?(?:used|utili[sz]ed|provisioned)|ip|ips|public|cards?|interfaces?|groups?|security|forecast|predict\w*|what if)\b/i;

/** "show me its CPU": the thing is the one of the question before. */
const ofTheSame =
  /\b(?:its|it|that one|this one|(?:that|this) (?:vm|machine|server|database|db|resource|disk|app|account))\b/i;
/** "which VMs have the highest CPU": of many, which is understood and can't be told. */
const ofMany =
  /\b(?:cpu|processor|memory|ram|disk|network|e?dtu|iops) (?:usage|utili[sz]ation|load|metrics?)\b|\b(?:highest|lowest|most|least|high|low|average|peak|max(?:imum)?)\b.*\b(?:cpu|ram|memory|e?dtus?|iops)\b|\bp95\b/i;

/** "show me the CPU of vm-1", "how busy is the database orders". */
export const metricsQuestion = {
  test: (text: string): boolean => {
    const things = findThings(text);
    const around = without(things, text);
    if (otherQuestion.test(without(signedThings(text), text))) return false;
    const asksLoad = load.test(around) || kinds.some(([, words]) => words.test(around));
    return (asksLoad && (things.length > 0 || ofTheSame.test(text))) || ofMany.test(around);
  },
};

/** The kind that is asked for; several kinds at once are all of them. */
export function findMetrics({ text, filters, ambiguousNames }: Question): MetricsQuery {
  const things = findThings(text);
  const named = kinds.filter(([, words]) => words.test(without(things, text)));
  const known = [...filters, ...ambiguousNames.flatMap(({ options }) => options)].find(
    ({ dimension, exclude }) => dimension === "resource" && !exclude,
  );
  return {
    things: things.length === 0 && known ? [known.words] : things,
    ...(named.length === 1 ? { kind: named[0]![0] } : {}),
  };
}

/** "and its memory?", "what about vm-2": what a follow-up leaves open is as it was. */
export function mergeMetrics(question: Question, before: Question): MetricsQuery | undefined {
  if (question.intent !== "metrics" && !before.metrics) return undefined;
  const then = before.metrics ?? { things: findMetrics(before).things };
  const now = findMetrics(question);
  return { ...then, ...now, things: now.things.length > 0 ? now.things : then.things };
}

const quoted = /["“`]([^"”`]{2,200})["”`]/g;
const fullId = /\/subscriptions\/\S+[^\s?.,!]/gi;
// A name like most: letters first, with a digit or a sign within ("vm-web-1", "stscans001"), but "p95", "d4s", "95th".
const nameLike =
  /(?<![\w/-])(?!rg-|p\d\d?\b|q[1-4]\b|(?:hour|day|week|month|year)-|real-time|non-|e?dtu)[a-z][a-z\d]*(?:[-_.][\w.-]*\w|\d[\w.-]*)(?![\w/])/gi;
const kindOfThing =
  /(?:(?:azure|sql|elastic|virtual|web|storage|load|app|function|scale) )?(?:databases?|db|vms?|machines?|servers?|apps?|plans?|accounts?|balancers?|disks?|pools?|clusters?|sets?|hosts?|instances?|services?)/
    .source;
const bareName = new RegExp(
  `\\b(?:of|for|on|is|does|did|has|${kindOfThing})\\s+(?:(?:the|our|my)\\s+)?(?:${kindOfThing}\\s+)?(?:called\\s+|named\\s+)?([a-z][\\w.-]+)(?:['’]s)?`,
  "gi",
);

function findThings(text: string): string[] {
  const signed = signedThings(text);
  if (signed.length > 0) return signed;
  const bare = [...text.matchAll(bareName)].map(([, name]) => name!).find((name) => !isEveryday(name));
  return bare ? [bare] : [];
}

/** Names that show by how they are written that they are some. */
function signedThings(text: string): string[] {
  const ids = text.match(fullId);
  const inQuotes = [...text.matchAll(quoted)].map(([, name]) => name!);
  return [...new Set(ids ?? [...inQuotes, ...(text.match(nameLike) ?? [])])];
}

function isEveryday(name: string): boolean {
  const plain = name.toLowerCase();
  return (
    commonWords.has(plain) ||
    commonWords.has(plain.replace(/s$/, "")) ||
    load.test(plain) ||
    new RegExp(`^${kindOfThing}$`, "i").test(plain) ||
    kinds.some(([, words]) => words.test(plain)) ||
    /^(?:network|disk|storage|virtual|sql|load|yesterday|today|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|january|february|april|june|july|august|september|october|november|december)$/.test(
      plain,
    )
  );
}

/** The words around the names: "nic-idle-1" asks nothing about idleness. */
function without(things: readonly string[], text: string): string {
  return things.reduce((left, thing) => left.replaceAll(thing, " "), text);
}
