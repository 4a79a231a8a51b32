import { dayInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { Thinking, Thought } from "../thought.ts";
import { next, ref, sayError, word } from "./write.ts";

interface FreshnessOutput {
  freshness: { dataFrom: string | null; dataUntil: string | null };
  ageDays: number | null;
  rowCount: number;
  isLoading: boolean;
  sources: {
    connection: string;
    label: string | null;
    dataFrom: string | null;
    dataUntil: string | null;
    files: string[];
    loadedAt: string | null;
  }[];
}

/** How fresh and how complete the data is, source by source. */
export function answerFreshness({ results }: Thinking): Thought {
  if (results.length === 0) return { calls: [{ name: "get_data_freshness", input: {} }] };
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as FreshnessOutput;
  const at = result.call;
  const { dataFrom, dataUntil } = output.freshness;
  const loading = output.isLoading ? "A load is running now; its rows appear when it is done.\n" : "";
  if (!dataFrom || !dataUntil) return { say: `There is no cost data yet. ${loading}` };
  const days = `${dayInWords(dataFrom)} to ${dayInWords(dataUntil)}`;
  const age = output.ageDays === null ? "" : `, which is ${ref(at, "/ageDays")} ago`;
  const lines = output.sources.slice(0, 5).map((source, index) => {
    const span =
      source.dataFrom && source.dataUntil
        ? `${dayInWords(source.dataFrom)} to ${dayInWords(source.dataUntil)}`
        : "no data yet";
    const provider = source.label && source.label !== source.connection ? ` (${word(source.label)})` : "";
    const loaded = source.loadedAt ? `, loaded on ${dayInWords(source.loadedAt.slice(0, 10))}` : "";
    const files = source.files.length === 1 ? `, from ${word(source.files[0])}` : "";
    return `- ${word(source.connection)}${provider}: ${span}, ${ref(at, `/sources/${index}/rowCount`)} rows${loaded}${files}\n`;
  });
  return {
    say: `The cost data covers **${days}**; the last day is ${dayInWords(dataUntil)}${age}. It holds ${ref(at, "/rowCount")} rows.\n${lines.join("")}${loading}${next("What did we spend by service", "Show daily cost")}`,
  };
}
