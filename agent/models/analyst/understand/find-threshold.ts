import type { Question } from "../question.ts";
import type { TextMask } from "./text-mask.ts";

const over =
  "over|above|more than|greater than|higher than|bigger than|larger than|north of|beyond|in excess of|exceed(?:s|ed|ing)?|at least|no less than|not less than|minimum of|starting (?:at|from)|>=|≥|=>|>";
const under =
  "under|below|less than|lower than|smaller than|cheaper than|south of|at most|no more than|not more than|maximum of|up to|<=|≤|=<|<";
const amount = String.raw`(?:US)?[$€£]?\s?(?:(\d+(?:,\d{3})*(?:\.\d+)?)\s?(k|m|thousand|million|grand)?|(?:an?|one) (hundred|thousand|million|grand|dollar|euro|buck))(?![\w%])`;
// "more than 30 days", "over 20 %", "at least 3 VMs" limit something else.
const notOfOtherThings = String.raw`\s*(?:dollars?|usd|euros?|eur|bucks)?(?!\s*(?:%|(?:percent|days?|weeks?|months?|years?|hours?|vms?|disks?|resources?|services?|regions?|times|cores?|gb|tb)\b))`;
const pattern = new RegExp(
  String.raw`(?:(?<![\w-])(?:(${over})|(${under}))|(?<=\s|^)(?:(>=?|≥)|(<=?|≤)))\s*(?:the |our |my )?(?:(?:threshold|limit|mark|sum|amount) of )?${amount}${notOfOtherThings}`,
  "i",
);
const trailing = new RegExp(
  String.raw`${amount}\s*(?:dollars?|usd|euros?|eur|bucks)?\s*(?:(or more|or above|or higher|and (?:above|more|over|up)|plus\b)|(or less|or below|or lower|and (?:below|less|under)))`,
  "i",
);

/** "over $100", "more than 50 dollars", "> 5k", "under 10", "$500 or more". */
export function findThreshold(mask: TextMask): Question["threshold"] {
  const leading = mask.take(pattern);
  if (leading) {
    const isOver = Boolean(leading[1] ?? leading[3]);
    const said = leading[1] ?? leading[2] ?? leading[3] ?? leading[4] ?? "";
    const orEqual =
      /at least|at most|no (?:less|more)|not (?:less|more)|minimum|maximum|starting|up to|=|≥|≤/i.test(said);
    return { over: isOver, orEqual, amount: amountOf(leading[5], leading[6], leading[7]) };
  }
  const found = mask.take(trailing);
  if (!found) return undefined;
  return { over: Boolean(found[4]), orEqual: true, amount: amountOf(found[1], found[2], found[3]) };
}

const inWords: Record<string, string> = {
  dollar: "1",
  euro: "1",
  buck: "1",
  hundred: "100",
  thousand: "1000",
  grand: "1000",
  million: "1000000",
};

function amountOf(digits: string | undefined, scale: string | undefined, word: string | undefined): string {
  if (digits === undefined) return inWords[word?.toLowerCase() ?? ""] ?? "0";
  const zeros = !scale ? 0 : /^(?:k|thousand|grand)/i.test(scale) ? 3 : 6;
  const [whole = "0", fraction = ""] = digits.replaceAll(",", "").split(".");
  if (!zeros) return `${whole}${fraction ? `.${fraction}` : ""}`;
  const moved = fraction.padEnd(zeros, "0");
  const rest = moved.slice(zeros);
  return `${whole}${moved.slice(0, zeros)}${rest ? `.${rest}` : ""}`.replace(/^0+(?=\d)/, "");
}
