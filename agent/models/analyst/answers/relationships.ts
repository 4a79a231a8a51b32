import { periodInWords } from "@cloudoptima/tools/costs/coverage.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { findRelationships, type RelationshipQuestion } from "../understand/find-relationships.ts";
import { azureTypeOfId } from "./azure-type.ts";
import { answerNodePools, nodesQuestion } from "./node-pools.ts";
import { eachMoney, formula, join, next, ref, sayError, word } from "./write.ts";

interface Related {
  id: string;
  name: string;
  rows: Row[];
}
interface Row {
  direction: "uses" | "used_by";
  kindLabel: string;
  steps: number;
  id: string;
  name: string;
  throughName: string | null;
}

const LINES = 15;
/** Of so many related resources what each costs is looked up. */
const MOST_COSTS = 10;

/** What the named resource uses and what uses it, nearest first; of one kind, with cost, or whether it can go. */
export function answerRelationships(thinking: Thinking): Thought {
  const { question, results } = thinking;
  const asked = findRelationships(question.text);
  if (!asked && nodesQuestion.test(question.text)) return answerNodePools(thinking);
  if (!asked) return { say: `Name the resource, for example: what is attached to vm-web-1.` };
  const [result, ...more] = results;
  if (!result) return { calls: callsFor(asked) };
  if (!result.output) return { say: sayError(result) };
  const related = result.output as unknown as Related;
  const rows = rowsOf(related, asked);
  if (asked.canGo) return { say: sayWhetherItCanGo(related, more[0]) };
  if (asked.cost) return withCosts(related, rows, asked, more);
  if (rows.length === 0) return { say: sayNone(related.name, asked) };
  if (asked.noun) return { say: sayOfKind(related.name, rows, asked.noun) };
  return { say: `${sections(related.name, rows)}${next("Which disks are unattached")}` };
}

function callsFor({ name, direction, types, canGo }: RelationshipQuestion) {
  // A network card stands between a machine and its network, that between it and the security group.
  const far = canGo ? {} : { steps: types.length > 0 ? 4 : 3 };
  const calls = [{ name: "get_resource_relationships", input: { id: name, direction, ...far } }];
  const advice = { name: "list_recommendations", input: { resource: name, limit: 5 } };
  return canGo ? [...calls, advice] : calls;
}

/** Of each kind asked for, those that are nearest: a machine's own disks, not those of its neighbours. */
function rowsOf({ rows }: Related, { types }: RelationshipQuestion): Row[] {
  if (types.length === 0) return rows;
  return types.flatMap((type) => {
    const same = rows.filter(({ id }) => azureTypeOfId(id) === type);
    const nearest = Math.min(...same.map(({ steps }) => steps));
    return same.filter(({ steps }) => steps === nearest);
  });
}

function sayNone(name: string, { noun }: RelationshipQuestion): string {
  const what = noun ? `no ${noun}` : "nothing";
  return `The inventory shows ${what} that ${noun ? "go" : "goes"} with **${word(name)}** in that way.\n${next("What waste do we have")}`;
}

function sections(name: string, rows: readonly Row[]): string {
  const section = (direction: Row["direction"], title: string) => {
    const lines = rows
      .filter((row) => row.direction === direction)
      .slice(0, LINES)
      .map((row) => `- ${word(row.name)} (${word(row.kindLabel)}${through(row)})\n`);
    return lines.length > 0 ? `**${word(name)} ${title}:**\n\n${lines.join("")}\n` : "";
  };
  return `${section("uses", "uses")}${section("used_by", "is used by")}`;
}

const through = ({ throughName }: Row) => (throughName ? `, through ${word(throughName)}` : "");

function sayOfKind(name: string, rows: readonly Row[], noun: string): string {
  const lines = rows.slice(0, LINES).map((row) => `- **${word(row.name)}**${through(row)}\n`);
  return `The ${noun} of **${word(name)}**:\n\n${lines.join("")}${next(`What depends on ${word(name)}`)}`;
}

/** What uses it, and whether the rules found that it is wasted: neither alone says that it can go. */
function sayWhetherItCanGo(related: Related, advice: CallResult | undefined): string {
  const name = word(related.name);
  const uses = related.rows.filter(({ direction }) => direction === "used_by");
  const users =
    uses.length > 0 ? sections(related.name, uses) : `The inventory shows nothing that uses **${name}**.\n`;
  const { rows } = (advice?.output ?? { rows: [] }) as unknown as Pick<RecommendationList, "rows">;
  const index = rows.findIndex(({ resource }) => resource.name.toLowerCase() === related.name.toLowerCase());
  const found = rows[index];
  if (!advice || !found)
    return `${users}No open recommendation says that it is unused, so nothing measured speaks for it. Who uses it from outside the cloud is not seen here.\n${next(`What did ${name} cost`)}`;
  const saving = found.monthlySavings
    ? `, which saves **${ref(advice.call, `/rows/${index}/monthlySavings`)} a month**`
    : "";
  return `${users}It is flagged as ${word(found.typeLabel.toLowerCase())}: "${word(found.title)}"${saving}, risk ${found.risk}. Who uses it from outside the cloud is not seen here.\n${next(`Why is ${name} flagged`)}`;
}

/** What each of them costs, the dearest first, and all together. */
function withCosts(
  related: Related,
  rows: readonly Row[],
  { cost, noun }: RelationshipQuestion,
  results: readonly CallResult[],
): Thought {
  const own = cost?.withItself ? [{ id: related.id, name: related.name }] : [];
  const ids = [...own, ...rows.slice(0, MOST_COSTS)];
  if (ids.length === 0)
    return { say: sayNone(related.name, { name: related.name, direction: "both", types: [], noun }) };
  if (results.length < ids.length)
    return { calls: ids.map(({ id }) => ({ name: "search_resources", input: { text: id, limit: 1 } })) };
  const failed = results.find(({ output }) => !output);
  if (failed) return { say: sayError(failed) };
  const costs = ids.map(({ name }, index) => {
    const { call, output } = results[index]!;
    const row = (output as unknown as ResourceSearchOutput).rows[0];
    return { name, call, cost: row?.cost ?? [], value: Number(row?.cost[0]?.value ?? 0) };
  });
  const dearest = costs.toSorted((a, b) => b.value - a.value);
  const lines = dearest.map(({ name, call, cost }) => {
    const figures = eachMoney(call, "/rows/0/cost", cost);
    return `- \`${name.replace(/[`{}]/g, "'")}\`: ${figures.length > 0 ? join(figures) : "no cost of its own"}\n`;
  });
  const paid = dearest.filter(({ cost }) => cost.length > 0);
  const oneCurrency = new Set(paid.flatMap(({ cost }) => cost.map(({ currency }) => currency))).size === 1;
  const together = oneCurrency
    ? formula(
        "sum",
        paid.map(({ call }) => `${call}:/rows/0/cost/0`),
      )
    : undefined;
  const { period } = results[0]!.output as unknown as ResourceSearchOutput;
  const days = ` *(effective cost, ${periodInWords(period)})*`;
  const [lead] = paid;
  // The whole is no figure of the one that the others belong to, unless it is counted in.
  const head =
    noun && lead
      ? `The dearest of the ${noun} is **\`${lead.name.replace(/[`{}]/g, "'")}\`** with ${ref(lead.call, "/rows/0/cost/0")}${together ? `; together they cost **${together}**` : ""}.`
      : `${word(related.name)} and what goes with it cost ${together ? `**${together}** together` : "nothing that adds up"}.`;
  const rest = rows.length > MOST_COSTS ? "Only the nearest of them are counted.\n" : "";
  return {
    say: `${head}${days}
${lines.join("")}${rest}${next(`What depends on ${word(related.name)}`)}`,
  };
}
