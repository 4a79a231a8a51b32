import { commonWords, meaningWords } from "./common-words.ts";
import { editDistance } from "./edit-distance.ts";
import type { Names } from "./names.ts";
import { providerAliases, serviceAliases } from "./service-aliases.ts";

/** A question with its typing errors mended, and which words were read as names. */
export interface Corrected {
  text: string;
  readAs: { words: string; name: string }[];
}

/** Mends a word only when it is no known word and exactly one known word is one slip away (two in long words). */
export function correctSpelling(text: string, names: Names): Corrected {
  const nameWords = new Map<string, string>();
  for (const { label, dimension } of names.entries) {
    if (dimension === "resource") continue;
    for (const word of label.toLowerCase().split(/[^a-z]+/)) if (word.length >= 4) nameWords.set(word, label);
  }
  const readAs: Corrected["readAs"] = [];
  const shortNames = new Set(
    names.entries.flatMap(({ label, key }) => `${label} ${key}`.toLowerCase().split(/[^a-z]+/)),
  );
  const corrected = text.replace(/(?<![\w-./@])[A-Za-z]{3,}(?![\w-./@]*\w)/g, (word) => {
    const plain = word.toLowerCase();
    if (isKnown(plain, nameWords) || shortNames.has(plain) || isAlias(plain)) return word;
    const swapped = unswapped(plain);
    if (swapped) return swapped;
    if (plain.length < 4) return shortWord(plain) ?? word;
    const limit = plain.length >= 8 ? 2 : 1;
    const tagWords = names.tagKeys.flatMap((key) => [key.toLowerCase(), `${key.toLowerCase()}s`]);
    const candidates = [...meaningWords, ...tagWords, ...nameWords.keys()].filter(
      (known) =>
        known[0] === plain[0] &&
        known.length >= (meaningWords.includes(known) ? 4 : 5) &&
        editDistance(plain, known, limit) <= limit,
    );
    const closest = candidates.filter(
      (known) => editDistance(plain, known, limit) === least(plain, candidates, limit),
    );
    const [only] = new Set(closest.map(singular));
    if (!only || new Set(closest.map(singular)).size > 1) return word;
    const chosen = closest[0]!;
    const name = nameWords.get(chosen);
    if (name && !meaningWords.includes(chosen)) readAs.push({ words: word, name });
    return chosen;
  });
  return { text: corrected, readAs };
}

/** "teh", "waht": two neighbours swapped in an everyday word, when only one word fits. */
function unswapped(word: string): string | undefined {
  const candidates = Array.from({ length: word.length - 1 }, (_, at) =>
    [word.slice(0, at), word[at + 1], word[at], word.slice(at + 2)].join(""),
  ).filter((candidate) => candidate !== word && commonWords.has(candidate));
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** "tem": one letter short of a word that carries meaning, when it is that word's only neighbour. */
function shortWord(word: string): string | undefined {
  const near = meaningWords.filter(
    (known) =>
      known.length === 4 &&
      known[0] === word[0] &&
      known.at(-1) === word.at(-1) &&
      editDistance(word, known, 1) === 1,
  );
  return near.length === 1 ? near[0] : undefined;
}

function isAlias(word: string): boolean {
  return [...serviceAliases, ...providerAliases].some(({ words }) =>
    new RegExp(`^(?:${words.source})$`, "i").test(word),
  );
}

function least(word: string, candidates: readonly string[], limit: number): number {
  return Math.min(...candidates.map((known) => editDistance(word, known, limit)));
}

function isKnown(word: string, nameWords: Map<string, string>): boolean {
  const forms = [word, word.replace(/s$/, ""), word.replace(/(?:ing|ed|es)$/, "")];
  return forms.some((form) => commonWords.has(form) || meaningWords.includes(form) || nameWords.has(form));
}

function singular(word: string): string {
  return word.replace(/ies$/, "y").replace(/s$/, "");
}
