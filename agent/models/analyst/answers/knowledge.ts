import type { KnowledgePassage } from "@cloudoptima/tools/knowledge/knowledge-shapes.ts";
import type { KnowledgeFound } from "@cloudoptima/tools/knowledge/search-knowledge.tool.ts";
import type { Thinking, Thought } from "../thought.ts";
import { quote } from "./quotable.ts";
import { next, sayError, word } from "./write.ts";

const books =
  "(?:well[- ]architected(?: framework)?|framework|waf|microsoft|azure guidance|guidance|guidelines?|docs?|documents?|documentation|runbooks?|playbooks?|handbooks?|standards?|polic(?:y|ies)|wiki)";

/** "what does the Well-Architected Framework say about backups", "best practices for storage accounts". */
export const knowledgeQuestion = new RegExp(
  String.raw`\b${books}\b.*\b(?:says?|said|stands? written|tells? us|recommends?|advises?)\b|\b(?:says?|written|according to)\b.*\b${books}\b|\bbest practices?\b|\b(?:guidance|guidelines?) (?:on|about|for)\b|\b(?:look up|search|read)\b.*\b${books}\b`,
  "i",
);

/** What guidance and the organization's documents say of it, in their own words, each under its title. */
export function answerKnowledge({ question, results }: Thinking): Thought {
  if (results.length === 0) {
    // "What do our runbooks say about copies": the words before are of the question, not of what is looked for.
    const topic =
      /\b(?:about|on|for|regarding|concerning)\s+(.{2,})$/i.exec(question.text)?.[1] ?? question.text;
    const input = { question: topic.slice(0, 500), limit: question.top ?? 4 };
    return { calls: [{ name: "search_knowledge", input }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const { passages, note } = result.output as unknown as KnowledgeFound;
  const [first] = passages;
  if (!first) return { say: `${word(note)}${next("Which checks fail")}` };
  const kinds = new Set(passages.map(({ kind }) => kind));
  const from = kinds.has("document")
    ? kinds.has("guidance")
      ? "your documents and the Well-Architected guidance"
      : "your documents"
    : "the Well-Architected guidance";
  const check = passages.find(({ checkId }) => checkId !== null)?.checkId;
  return {
    say: `From ${from}, closest first:\n${passages.map(line).join("")}${leftOut(passages)}${next(!!check && `What is ${word(check)}`)}`,
  };
}

function line({ title, text, checkId }: KnowledgePassage): string {
  const { said } = quote(text);
  return `- **${word(title)}**${checkId ? ` (${word(checkId)})` : ""}${said ? `: ${said}` : ""}\n`;
}

/** Whoever asks what a standard says must not take half of it for the whole. */
function leftOut(passages: readonly KnowledgePassage[]): string {
  const titles = passages.filter(({ text }) => quote(text).isPart).map(({ title }) => `**${word(title)}**`);
  if (titles.length === 0) return "";
  return `\nSentences with numbers are left out, because nothing here proves them; they stand in ${[...new Set(titles)].join(", ")}.\n`;
}
