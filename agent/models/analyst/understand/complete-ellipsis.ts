const part = /\b(?:first|second|third|fourth|last) (half|week) of ((?:the )?[a-z]+(?: \d{4})?)\b/i;
const other =
  /\b(than|vs\.?|versus|and|or|to|with|against)\s+(?:the\s+|in the\s+)?(first|second|third|fourth|last|other)(?: (half|week|one))?(?=\s*(?:[?.!,]|$|of it\b|cost\b|was\b|one\b))/i;
const otherHalf: Record<string, string> = { first: "second", second: "first", last: "first" };

const thisThanLast =
  /\bthis (week|month|quarter|year)\b(.*)\bthan (?:the |in )?(?:last|previous)(?: one)?(?=\s*[?.!]*$)/i;

/** "the first half of September than the second": the second half of the same month is meant, and said in full. */
export function completeEllipsis(said: string): string {
  const text = said.replace(thisThanLast, "this $1$2than last $1");
  const found = part.exec(text);
  if (!found) return text;
  const [words, unit, whole] = found;
  const after = found.index + words.length;
  const rest = text.slice(after).replace(other, (_, joint: string, ordinal: string) => {
    const which = ordinal.toLowerCase() === "other" ? otherHalf[words.split(" ")[0]!.toLowerCase()] : ordinal;
    return which ? `${joint} the ${which} ${unit} of ${whole}` : _;
  });
  return text.slice(0, after) + rest;
}
