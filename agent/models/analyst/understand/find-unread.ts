import type { Intent, Question } from "../question.ts";
import { commonWords } from "./common-words.ts";
import { ageAndSizeSpans } from "./find-age-and-size.ts";
import { findKinds, kindSpan, stateSpan } from "./find-resources.ts";
import type { TextMask } from "./text-mask.ts";

/** Words of a question that tell which things are meant, and that nothing of the call for its answer says. */
export function findUnread(mask: TextMask, { intent, text, unknownNames, filters }: Question): string[] {
  if (!wordsOf[intent] && !costs.has(intent)) return [];
  let rest = mask.rest;
  const cover = (span: { start: number; end: number } | undefined) => {
    if (span) rest = rest.slice(0, span.start) + "·".repeat(span.end - span.start) + rest.slice(span.end);
  };
  // The inventory knows no services: of "the disk cost" it hears nothing.
  const services = [
    ...filters.filter(({ dimension }) => dimension === "service"),
    ...unknownNames.filter(({ knownAs }) => knownAs),
  ];
  for (const { words } of costs.has(intent) ? [] : services) {
    const at = text.toLowerCase().indexOf(words.toLowerCase());
    if (at >= 0) rest = rest.slice(0, at) + text.slice(at, at + words.length) + rest.slice(at + words.length);
  }
  cover(kindSpan(text));
  cover(stateSpan(text));
  if (intent === "search") for (const span of ageAndSizeSpans(text)) cover(span);
  // Read as names; those that nothing has are asked back about, or looked for.
  const kept = filters.filter(({ dimension }) => dimension !== "service" || costs.has(intent));
  const named = [
    ...kept.flatMap((filter) => filter.parts ?? filter),
    ...(intent === "search" ? unknownNames.filter(({ knownAs }) => !knownAs) : []),
  ];
  for (const { words } of named) {
    const start = text.toLowerCase().indexOf(words.toLowerCase());
    if (start >= 0) cover({ start, end: start + words.length });
  }
  // Of several kinds the first is looked for.
  const head = kindSpan(text);
  const kinds = intent === "search" && head ? findKinds(text).filter(({ start }) => start > head.end) : [];
  const words = [...rest.matchAll(/[a-z][\w'’-]*/gi)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    isRead:
      negators.test(match[0]) ||
      (isRead(match[0], intent) &&
        !kinds.some(({ start, end }) => start <= match.index && match.index < end)),
    isSmall: negators.test(match[0]),
  }));
  const phrases: { start: number; end: number }[] = [];
  for (const [index, word] of words.entries()) {
    if (word.isRead) continue;
    const last = phrases.at(-1);
    // "not backed up by anyone": the words between belong to it, and a "not" before turns it round.
    const before = words[index - 1];
    const start =
      before?.isSmall && !/[,;.?]/.test(text.slice(before.end, word.start)) ? before.start : word.start;
    if (last && /^(?:[\s·]+\S{1,4}){0,2}[\s·]+$/.test(text.slice(last.end, word.start))) last.end = word.end;
    else phrases.push({ start, end: word.end });
  }
  // What ought to be is nobody's to tell from an inventory.
  const ought = intent === "search" ? judged.exec(text)?.[0] : undefined;
  const said = phrases.map(({ start, end }) => text.slice(start, withParticle(text, end)));
  return ought && !said.some((phrase) => ought.includes(phrase) || phrase.includes(ought))
    ? [...said, ought]
    : said;
}

const judged =
  /\b(?:we |it |they |that )?(?:should(?:n['’]t| not)?|ought(?:n['’]t| not)? to|(?:is|are|was|were)(?:n['’]t| not)? (?:supposed|allowed|meant) to)\b[^?.!,;]*/i;
const negators = /^(?:not|no|never|without|\w+n['’]t)$/i;

/** "backed up", "locked down": the little word goes with it. */
function withParticle(text: string, end: number): number {
  const particle = /^\s+(?:up|down|off|out|on|to|in)\b/i.exec(text.slice(end));
  return particle ? end + particle[0].length : end;
}

function isRead(word: string, intent: Intent): boolean {
  const plain = word.toLowerCase().replace(/['’]s?$/, "");
  const forms = [plain, plain.replace(/['’]/g, ""), plain.replace(/s$/, ""), plain.replace(/-/g, "")];
  // Names that costs do not know are asked back about; what was done with a thing is no name.
  if (costs.has(intent)) return !forms.some((form) => acts.has(form));
  const understood = wordsOf[intent]!;
  return forms.some(
    (form) => understood.has(form) || (commonWords.has(form) && !telling.has(form) && !acts.has(form)),
  );
}

const set = (words: string) => new Set(words.split(/\s+/).filter(Boolean));

const costs: ReadonlySet<Intent> = new Set<Intent>(["cost", "trend", "compare"]);

/** What is done with things: no cost says it. */
const acts =
  set(`protect protects protected guard guards suppress suppressed retire retired retiring undo undone resize
  resized resizing reserve safe safely night nights overnight nightly deleted removed`);

/** Everyday words where cost is asked for; of resources they tell which. */
const telling =
  set(`access actual back backs backed backing built deep empty extra fresh fast hold holds huge large larger
  largest long longest new newest newer nothing old older oldest original partner possible product products
  public quiet regular related reserved secure security serve served serving short shared size sizes slow small
  smaller smallest source sources spec spot stack story tax update updated updates user users work working worked
  workload workloads version versions`);

const inventory = `belong belongs belonging exist exists existing locate search searching enumerate named called containing contain contains like
  deployed deploy hosted host living live lives sit sits sitting resources resource everything without missing type types
  cloud azure tagged tag untagged owner owners own region group groups status state states count counted dearest
  costliest most expensive together cheapest address addresses`;
const waste = `recommend recommends recommended recommendation recommendations suggest suggests suggested suggestion
  suggestions advice advise waste wastes wasted wasteful wasting idle idling bored unused useless pointless superfluous unattached orphaned orphan
  optimize optimise optimized optimised optimization optimisation optimizing optimising saving savings saved oversized
  rightsize rightsizing right-size right-sizing underused underutilized underutilised overprovisioned zombie zombies quick
  wins win cleanup cleanups clean cleaning abandoned forgotten opportunity opportunities easy turn turned turning switch
  switched delete deleted deleting remove removed removing stop stopped stopping shut attached needed need use used using
  active busy potential low-hanging fruit hanging cut lower hardly barely rarely big large old older oldest obsolete empty
  small spot serverless reservation reservations reserved hybrid benefit benefits windows licence licences license licenses
  licensing night nights nightly overnight evening evenings tier tiers ssd ssds hdd premium standard cool cold archive rest
  sleep app apps dismissed dismiss implemented expired progress evidence proof bring brings`;
const change = `deallocate drop purge release destroy wipe terminate retag label set add make resize rescale scale
  shrink down size move change convert enable apply schedule every day daily utc power rid get set hour hours`;

const wordsOf: Partial<Record<Intent, ReadonlySet<string>>> = {
  search: set(inventory),
  recommendations: set(`${inventory} ${waste}`),
  savings: set(`${inventory} ${waste}`),
  change: set(`${inventory} ${waste} ${change}`),
};
