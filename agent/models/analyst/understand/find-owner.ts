const holds =
  "(?:owns?|owned|(?:is|are|was) (?:the |an? )?(?:owners?|contacts?|responsible|accountable|in charge)|is it whose|looks? after|maintains?|operates?|manages?|takes? care of|answers? for)";

/** "who owns rg-web", "which team is responsible for sql-prod", "whose VM is this", "owner of disk-2". */
export const ownerQuestion = {
  test: (text: string): boolean => asks.test(text) && !isOfMany.test(text),
};

const asks = new RegExp(
  [
    String.raw`\b(?:who|which (?:team|person|squad|department)|what team)\b(?:['’]s| exactly| actually| really)? ?${holds}\b(?! (?:the )?(?:most|least|what|how)\b)`,
    String.raw`\bwhose (?!tags?\b|costs?\b)[\w-]+(?: [\w-]+)?(?: is| are)\b`,
    String.raw`\b(?:who(?:['’]s| is| are)|what(?:['’]s| is)|tell me|find|show(?: me)?|name|give me|^)\s*(?:the )?(?:owners?|contact(?: person)?|responsible (?:person|team))(?: of| for| on| behind)\b`,
    String.raw`\bwho (?:do|should|can|could) (?:i|we) (?:ask|call|contact|talk to|ping|page)\b`,
  ].join("|"),
  "i",
);
/** The spend, or each of many: by owner, which costs tell. */
const isOfMany = /(?<![\w-])(?:nobody|no ?one|anything|everything|what|each|every|spend(?:ing)?)(?![\w-])/i;
