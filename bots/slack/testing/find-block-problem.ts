const knownBlocks = new Set([
  "actions",
  "context",
  "divider",
  "header",
  "image",
  "rich_text",
  "section",
  "table",
]);

/**
 * Why Slack would refuse these blocks, by the limits of its reference: known types, at most 50 blocks, no empty
 * texts, buttons of at most 75 characters with values of at most 2,000; null when they are fine.
 */
export function findBlockProblem(blocks: unknown): string | null {
  if (blocks === undefined) return null;
  if (!Array.isArray(blocks)) return "blocks are no list";
  if (blocks.length > 50) return `${blocks.length} blocks`;
  if (blocks.filter(({ type }) => type === "table").length > 1) return "more than one table";
  for (const block of blocks as Record<string, unknown>[]) {
    if (!knownBlocks.has(String(block.type))) return `unknown block ${String(block.type)}`;
    const problem = findProblem(block, String(block.type));
    if (problem) return problem;
  }
  return null;
}

const mostElements: Readonly<Record<string, number>> = { actions: 25, context: 10 };

function findProblem(node: unknown, path: string): string | null {
  if (Array.isArray(node)) {
    for (const [index, part] of node.entries()) {
      const problem = findProblem(part, `${path}/${index}`);
      if (problem) return problem;
    }
    return null;
  }
  if (typeof node !== "object" || node === null) return null;
  const { type, text, elements, value, rows } = node as Record<string, unknown>;
  if (Array.isArray(elements)) {
    if (elements.length === 0) return `${path} has no elements`;
    if (elements.length > (mostElements[String(type)] ?? 1_000))
      return `${path} has ${elements.length} elements`;
  }
  if (["text", "plain_text", "mrkdwn", "raw_text"].includes(String(type))) {
    if (typeof text !== "string" || text === "") return `${path} is empty`;
    if (text.length > 3_000) return `${path} is too long`;
  }
  if (type === "button") {
    const label = (text as { text?: string } | undefined)?.text ?? "";
    if (label.length > 75) return `${path} has a long label`;
    if (typeof value === "string" && value.length > 2_000) return `${path} has a long value`;
  }
  if (type === "table" && (rows as unknown[][]).some((row) => row.length > 20)) return `${path} is too wide`;
  for (const [name, part] of Object.entries(node)) {
    const problem = findProblem(part, `${path}/${name}`);
    if (problem) return problem;
  }
  return null;
}
