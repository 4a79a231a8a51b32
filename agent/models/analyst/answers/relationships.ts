import type { Thinking, Thought } from "../thought.ts";
import { next, sayError, word } from "./write.ts";

/** "what is attached to vm-1", "what depends on plan-shop": one resource, named at the end. */
export const relationshipQuestion =
  /\b(attached to|connected to|depends? on|belongs? to|(?:what|who|which \w+) uses?)\s+(?:the\s+)?["'‘“]?(?!rg-)(\S*[-_/\d]\S*?)['"’]?\s*[?.!]*$/i;

interface Related {
  name: string;
  rows: { direction: "uses" | "used_by"; kindLabel: string; name: string; throughName: string | null }[];
}

/** What the named resource uses and what uses it, nearest first. */
export function answerRelationships({ question, results }: Thinking): Thought {
  const [, verb = "", id = ""] = relationshipQuestion.exec(question.text) ?? [];
  if (results.length === 0) {
    const direction = /depend|uses?$/i.test(verb) ? "used_by" : "both";
    return { calls: [{ name: "get_resource_relationships", input: { id, direction } }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const { name, rows } = result.output as unknown as Related;
  if (rows.length === 0) {
    return { say: `The inventory shows nothing that goes with **${word(name)}** in that way.\n` };
  }
  const section = (direction: Related["rows"][number]["direction"], title: string) => {
    const lines = rows
      .filter((row) => row.direction === direction)
      .slice(0, 15)
      .map((row) => {
        const through = row.throughName ? `, through ${word(row.throughName)}` : "";
        return `- ${word(row.name)} (${word(row.kindLabel)}${through})\n`;
      });
    return lines.length > 0 ? `**${word(name)} ${title}:**\n\n${lines.join("")}\n` : "";
  };
  return {
    say: `${section("uses", "uses")}${section("used_by", "is used by")}${next("Which disks are unattached")}`,
  };
}
