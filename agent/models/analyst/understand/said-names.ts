import type { Filter, Question } from "../question.ts";

const looksNamed = /(?<![\w/-])[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)+(?![\w-])/gi;
const isPlainName = /\d|^(?:vm|disk|pip|snap|nic|lb|plan|st|sql|db|aks)[-_]/i;

/** The single resources that a question names in full, in order; not those that it leaves out. */
export function saidNames(question: Question): string[] {
  const { text, filters, unknownNames } = question;
  const known = namesOf(filters.filter(({ exclude }) => !exclude));
  const others = filters.filter(({ dimension, exclude }) => dimension !== "resource" || exclude);
  const taken = new Set(
    [...others, ...filters].flatMap(({ words, parts }) =>
      [words, ...(parts ?? []).map((part) => part.words)].map((said) => said.toLowerCase()),
    ),
  );
  const written = [...text.matchAll(looksNamed)]
    .map(([name]) => name)
    .filter((name) => !taken.has(name.toLowerCase()) && isPlainName.test(name) && !/^rg-/i.test(name));
  const strange = unknownNames.map(({ words }) => words).filter((words) => /^[\w.]+[-_][\w.-]+$/.test(words));
  const all = [...known, ...written, ...strange];
  const inOrder = all.toSorted((a, b) => placeIn(text, a) - placeIn(text, b));
  return [...new Map(inOrder.map((name) => [name.toLowerCase(), name])).values()];
}

/** The single resources that a question leaves out: "all but vm-1". */
export function excludedNames({ filters }: Question): string[] {
  return namesOf(filters.filter(({ exclude }) => exclude));
}

/** Words that are a part of several resources' names: "the spark VMs". */
export function saidNameParts({ filters }: Question): string[] {
  return filters
    .filter(({ dimension, exclude }) => dimension === "resource" && !exclude)
    .flatMap((filter) => partsOf(filter).filter((part) => !isWhole(part)))
    .map(({ words }) => words);
}

function namesOf(filters: readonly Filter[]): string[] {
  return filters
    .filter(({ dimension }) => dimension === "resource")
    .flatMap(partsOf)
    .filter(isWhole)
    .map(({ words }) => words);
}

function partsOf({ parts, words, values }: Filter): { words: string; values: string[] }[] {
  return parts ?? [{ words, values }];
}

/** A name in full: it looks like one, or one resource is called just that ("orders"). */
function isWhole({ words, values }: { words: string; values: string[] }): boolean {
  const said = words.toLowerCase();
  return /[-_/\d]/.test(words) || values.some((value) => value.toLowerCase().split("/").at(-1) === said);
}

const placeIn = (text: string, name: string) => text.toLowerCase().indexOf(name.toLowerCase());
