import { findNumberWords } from "../../../proof/find-number-words.ts";
import { halfScales } from "../../../proof/half-scales.ts";

const thousands =
  /(?<=\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|hundred) )grand\b(?! total)/gi;
const unit = /\s?(?:per ?cent|percentage points?|dollars?|euros?|pounds?|cents?|bucks)$/i;

/** "a hundred thousand" as "100000", "twenty-five" as "25"; small words standing alone stay words. */
export function spelledNumbers(said: string): string {
  const text = halfScales(said).replace(thousands, "thousand");
  let read = "";
  let from = 0;
  for (const { start, end, text: words, values } of findNumberWords(text)) {
    const [value] = values;
    const number = words.replace(unit, "");
    // "which one", "top five": what counts things is read as a word elsewhere.
    const isSmall = /^(?:a )?[a-z]+$/i.test(number) && Number(value) < 20;
    // "110 thousand" is read where amounts are.
    const isScale = /\d\s?$/.test(text.slice(0, start));
    if (value === undefined || isSmall || isScale || number === "") continue;
    read += text.slice(from, start) + value + words.slice(number.length);
    from = end;
  }
  return read + text.slice(from);
}
