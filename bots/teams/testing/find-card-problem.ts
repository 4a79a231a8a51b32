import { z } from "zod";

/** Elements that the bot may use, with what Teams wants of each; another type or field is a slip. */
const TextRun = z.strictObject({
  type: z.literal("TextRun"),
  text: z.string().min(1),
  weight: z.literal("Bolder").optional(),
  italic: z.boolean().optional(),
  fontType: z.literal("Monospace").optional(),
  isSubtle: z.boolean().optional(),
  size: z.enum(["Small", "Medium"]).optional(),
});

const RichTextBlock = z.strictObject({
  type: z.literal("RichTextBlock"),
  inlines: z.array(TextRun).min(1),
  spacing: z.literal("Small").optional(),
  horizontalAlignment: z.enum(["Left", "Right"]).optional(),
});

const Image = z.strictObject({
  type: z.literal("Image"),
  url: z.string().regex(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/),
  altText: z.string().min(1),
  size: z.literal("Stretch"),
  msteams: z.strictObject({ allowExpand: z.boolean() }),
});

const Table = z.strictObject({
  type: z.literal("Table"),
  firstRowAsHeader: z.boolean(),
  showGridLines: z.boolean(),
  columns: z.array(z.strictObject({ width: z.number() })).min(1),
  rows: z.array(
    z.strictObject({
      type: z.literal("TableRow"),
      cells: z.array(z.strictObject({ type: z.literal("TableCell"), items: z.array(RichTextBlock) })),
    }),
  ),
});

const TextInput = z.strictObject({
  type: z.literal("Input.Text"),
  id: z.string(),
  label: z.string(),
  isMultiline: z.boolean(),
  isRequired: z.boolean(),
  errorMessage: z.string(),
  maxLength: z.number(),
});

const Element = z.discriminatedUnion("type", [RichTextBlock, Image, Table, TextInput]);

const Execute = z.strictObject({
  type: z.literal("Action.Execute"),
  verb: z.string(),
  title: z.string(),
  data: z.strictObject({ payload: z.string() }),
  style: z.enum(["positive", "destructive"]).optional(),
  associatedInputs: z.literal("none").optional(),
});

const OpenUrl = z.strictObject({
  type: z.literal("Action.OpenUrl"),
  title: z.string(),
  url: z.url({ protocol: /^https$/ }),
});

const ShowCard = z.strictObject({
  type: z.literal("Action.ShowCard"),
  title: z.string(),
  style: z.literal("positive").optional(),
  card: z.strictObject({
    type: z.literal("AdaptiveCard"),
    body: z.array(Element),
    actions: z.array(Execute).optional(),
  }),
});

export const ShownCard = z.strictObject({
  type: z.literal("AdaptiveCard"),
  version: z.literal("1.5"),
  $schema: z.string(),
  msteams: z.strictObject({ width: z.literal("Full") }),
  body: z.array(Element).min(1),
  actions: z
    .array(z.discriminatedUnion("type", [Execute, OpenUrl, ShowCard]))
    .max(6)
    .optional(),
  refresh: z.strictObject({ action: Execute }).optional(),
});
export type ShownCard = z.infer<typeof ShownCard>;

const longestMessage = 80_000;
const longestImage = 1_000_000;

/** Why Teams would not take a card; null when it would. Its size counts in UTF-16, without the pictures. */
export function findCardProblem(card: unknown): string | null {
  const parsed = ShownCard.safeParse(card);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const images = parsed.data.body.flatMap((element) => (element.type === "Image" ? [element.url] : []));
  if (images.some((url) => url.length > longestImage)) return "picture too large";
  const withoutImages = JSON.stringify(card).length - images.join("").length;
  return withoutImages * 2 > longestMessage ? "MessageSizeTooBig" : null;
}
