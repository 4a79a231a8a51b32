import type { NumberClaim } from "./find-numbers.ts";

/** Numbers from two to twelve as other languages say them; words that are also English ("once", "due", "sept") stay out. */
const small: readonly (readonly string[])[] = [
  ["zwei", "deux", "dos", "dois", "duas", "twee", "два", "две"],
  ["drei", "trois", "tres", "tre", "três", "drie", "три"],
  ["vier", "quatre", "cuatro", "quattro", "quatro", "четыре"],
  ["fünf", "cinq", "cinco", "cinque", "vijf", "пять"],
  ["sechs", "seis", "sei", "zes", "шесть"],
  ["sieben", "siete", "sette", "sete", "zeven", "семь"],
  ["acht", "huit", "ocho", "otto", "oito", "восемь"],
  ["neun", "neuf", "nueve", "nove", "negen", "девять"],
  ["zehn", "dix", "diez", "dieci", "dez", "tien", "десять"],
  ["elf", "onze", "undici", "одиннадцать"],
  ["zwölf", "douze", "doce", "dodici", "doze", "twaalf", "двенадцать"],
];
const values = new Map(small.flatMap((words, index) => words.map((word) => [word, index + 2] as const)));
/** Bigger numbers, often one long word: only that a number is said is told, not which. */
const big = [
  "\\p{L}*(?:hundert|tausend|zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)\\p{L}*|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn|million(?:en|e)|milliarden?",
  "treize|quatorze|quinze|dix-(?:sept|huit|neuf)|vingts?(?:-\\p{L}+)*|trente(?:-\\p{L}+)*|quarante(?:-\\p{L}+)*|cinquante(?:-\\p{L}+)*|soixante(?:-\\p{L}+)*|quatre-vingts?(?:-\\p{L}+)*|mille|milliards?|centaines?|milliers?",
  "trece|catorce|quince|dieci\\p{L}+|veint[ei]\\p{L}*|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien(?:to)?s?|\\p{L}+cient[oa]s|quinient[oa]s|millones|millón|cientos|miles",
  "tredici|quattordici|quindici|sedici|venti\\p{L}*|trenta\\p{L}*|quaranta\\p{L}*|cinquanta\\p{L}*|sessanta\\p{L}*|settanta\\p{L}*|ottanta\\p{L}*|novanta\\p{L}*|\\p{L}*cento|\\p{L}*mila|milion[ei]|miliard[oi]",
  "treze|dezesseis|dezoito|vinte|trinta|quarenta|cinquenta|sessenta|oitenta|cem|duzent[oa]s|trezent[oa]s|milhões|milhão",
  "dertien|veertien|vijftien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|\\p{L}*honderd\\p{L}*|\\p{L}*duizend\\p{L}*|miljoen(?:en)?|miljard",
  "двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|пятьсот|тысяч\\p{L}*|миллион\\p{L}*",
].join("|");
const words = new RegExp(
  String.raw`(?<![\p{L}\p{N}\-_/.@])(?:${[...values.keys()].join("|")}|${big})(?![\p{L}\p{N}\-_/@])`,
  "giu",
);
const ideographs =
  /[一二三四五六七八九十百千万萬亿億两兩]{2,}|[二三四五六七八九十百千万萬亿億两兩](?=[台个個件天月年次倍])/gu;

/** Numbers in words of other languages ("zwölf VMs", "cinq cents"): what they say is checked, or marked. */
export function findForeignNumberWords(text: string): NumberClaim[] {
  return [...text.matchAll(words), ...text.matchAll(ideographs)].flatMap((match) => {
    const [found] = match;
    // A word in capitals is an abbreviation: "DOS", "CEM".
    if (found.length > 1 && found === found.toUpperCase() && /\p{Lu}/u.test(found)) return [];
    const value = values.get(found.toLowerCase());
    return [
      {
        start: match.index,
        end: match.index + found.length,
        text: found,
        values: value === undefined ? [] : [String(value)],
        tolerances: value === undefined ? [] : ["0"],
        unit: null,
      },
    ];
  });
}
