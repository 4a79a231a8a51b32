import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { findResources } from "../understand/find-resources.ts";
import { placeWords, resourceFilterInput } from "./resource-filter-input.ts";
import { eachMoney, join, next, ref, sayError, word } from "./write.ts";

const LINES = 5;

/** What wastes money and what to do about it, dearest first. Types are said apart: they are never added here. */
export function answerRecommendations(thinking: Thinking): Thought {
  const { question, results } = thinking;
  const state = inventoryState(question);
  if (results.length === 0) {
    const calls = [{ name: "list_recommendations", input: recommendationInput(question) }];
    return { calls: state ? [...calls, { name: "search_resources", input: state }] : calls };
  }
  const [result, inventory] = results;
  if (!result?.output) return { say: sayError(result!) };
  const output = result.output as unknown as RecommendationList;
  const at = result.call;
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  if (output.totalCount === 0) {
    return {
      say: `Nothing to save was found${where}${typeWords(question)}. ${word(output.note ?? "")}${next("What did we spend by service", "How many resources do we have")}`,
    };
  }
  const types = output.byType.map((type, index) => {
    const saving = eachMoney(at, `/byType/${index}/monthlySavings`, type.monthlySavings);
    return `${word(type.typeLabel)} ${ref(at, `/byType/${index}/recommendationCount`)}${saving.length > 0 ? ` (${join(saving)} a month)` : ""}`;
  });
  const lines = output.rows.slice(0, question.top ?? LINES).map((row, index) => {
    const base = `/rows/${index}`;
    const saving = row.monthlySavings ? `${ref(at, `${base}/monthlySavings`)} a month` : "saving unknown";
    const place = [row.resource.resourceGroup, row.resource.region].filter(Boolean).map(word).join(", ");
    return `- \`${row.resource.name.replace(/[`{}]/g, "'")}\` (${word(row.typeLabel.toLowerCase())}${place ? `, ${place}` : ""}): ${saving}, risk ${row.risk}\n`;
  });
  return {
    say: `${inventoryLine(inventory)}**${ref(at, "/totalCount")}** recommendations${where}: ${join(types)}, at your rates. Nothing changes until a person acts.\n${lines.join("")}${next(
      "How much could we save in total",
      `What did ${word(output.rows[0]?.resource.name ?? "it")} cost`,
    )}`,
  };
}

/** "list the unattached disks": the state is the inventory's; not all in it should go. */
function inventoryState(question: Question): Record<string, unknown> | undefined {
  const { type, status } = findResources(question.text);
  if (!type || status !== "unattached" || question.filters.some(({ exclude }) => exclude)) return undefined;
  return { ...resourceFilterInput(question), type, status, withTotalCost: true, limit: 10 };
}

function inventoryLine(result: CallResult | undefined): string {
  const output = result?.output as unknown as ResourceSearchOutput | undefined;
  if (!result || !output || output.totalCount === 0) return "";
  const cost = eachMoney(result.call, "/totalCost", output.totalCost ?? []);
  const together =
    cost.length > 0 ? `, which together cost ${join(cost)} *(${periodInWords(output.period)})*` : "";
  return `**${ref(result.call, "/totalCount")}** are unattached${together}. What can go is less, as some are kept for a reason:\n`;
}

export function recommendationInput(question: Question): Record<string, unknown> {
  const { text, ...place } = resourceFilterInput(question);
  const types = question.recommendationTypes ?? [];
  return {
    ...place,
    ...(text ? { resource: text } : {}),
    ...(types.length === 1 ? { type: types[0] } : {}),
    ...(question.top ? { limit: Math.min(question.top, 50) } : {}),
    ...(question.threshold?.over ? { minimumMonthlySavings: question.threshold.amount } : {}),
  };
}

export function typeWords({ recommendationTypes }: Question): string {
  const names: Record<string, string> = {
    unattached_disk: "unattached disks",
    unused_public_ip: "unused public IP addresses",
    idle_vm: "idle virtual machines",
  };
  if (recommendationTypes?.length !== 1) return "";
  return ` among ${names[recommendationTypes[0]!] ?? "them"}`;
}
