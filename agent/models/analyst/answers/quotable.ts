import { findNumberWords } from "../../../proof/find-number-words.ts";
import { word } from "./write.ts";

const bareNumber = /(?<![\p{L}\p{N}_-])\p{N}/u;
const amount = /[$€£¥₹%]|\b(?:USD|EUR|GBP)\b/;
const sentences = /[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]?/g;

/**
 * A tool's own sentences as an answer may repeat them. One sentence is a quotation; of several, those with numbers
 * are left out: an answer is checked sentence by sentence, and a number in one of them would have no figure behind it.
 */
export function quotable(text: string): string {
  return quote(text).said;
}

/** The same, and whether it is not all of the text. */
export function quote(text: string): { said: string; isPart: boolean } {
  const said = (text.match(sentences) ?? []).map((sentence) => sentence.trim()).filter(Boolean);
  const isSpelled = (sentence: string) => findNumberWords(sentence).length > 0;
  const isOne = said.length === 1 && text.length <= 200 && !amount.test(text) && !isSpelled(text);
  const kept = isOne ? said : said.filter((one) => !bareNumber.test(one) && !isSpelled(one));
  return { said: kept.map(word).join(" "), isPart: kept.length < said.length };
}
