const surely = "(?:really |actually |already |ever |truly |so far )*";
const doing = String.raw`(?:resiz\w+|right-?siz\w+|down-?siz\w+|stopp?\w*|shut\w*|deallocat\w+|delet\w+|remov\w+|clean\w*|scal\w+|mov\w+|switch\w*|turn\w*|chang\w+|remediations?|actions?|recommendations?|fix\w*)`;

/** Whether what was done to save is asked for, as it turned out: no estimate answers that. */
export const realizedQuestion = new RegExp(
  [
    String.raw`\b(?:did|have|has) (?:we|you|i|it|they|anyone|(?:the|our) [\w-]+) ${surely}sav(?:e|ed)\b`,
    String.raw`\b(?:did|has|have)\b.*\b${doing}\b.*\bsav(?:e|ed)\b`,
    String.raw`\b(?:was|were|been) ${surely}saved\b`,
    String.raw`\b(?:realized|realised|achieved|actual|measured|past) savings?\b|\bsavings? (?:so far|realized|realised|achieved|measured)\b`,
    String.raw`\bsavings? (?:that )?(?:we|you)(?: have|['’]ve)? ${surely}(?:realized|realised|achieved|made|got)\b`,
    String.raw`\bsavings?\b.*\b(?:did|have|has|were|was|been|['’]ve)\b.*\b(?:reali[sz]ed?|achieved?|made|got|gotten|booked?|banked?|delivered?|captured?|harvested?)\b`,
    String.raw`\b(?:pay|pays|paid|paying) off\b`,
    String.raw`\b(?:was|were|is|has|have)\b.*\b${doing}\b.*\bworth (?:it|doing|the)\b`,
  ].join("|"),
  "i",
);

/** What commitments and discounts saved is told with them. */
export const notRealized =
  /\b(?:reservations?|reserved (?:instances?|capacity|vms?)|savings? plans?|commitments?|ris|discounts?|credits?)\b|\b(?:could|would|should) (?:have|we|be)\b/i;
