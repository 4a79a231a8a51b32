import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { Thinking, Thought } from "../thought.ts";
import { resourceFilterInput } from "./resource-filter-input.ts";
import { next, ref, sayError, word } from "./write.ts";

/** "node pools", "how many AKS nodes", but no machines that are one: the inventory has machines of clusters by their pools. */
export const nodesQuestion =
  /\bnode ?pools?\b|^(?!.*\b(?:vms?|machines?|servers?)\b).*\b(?:aks|k8s|kubernetes|cluster) nodes?\b/i;

const MOST_CLUSTERS = 8;

/** The node pools of each cluster: parts of it, which no inventory lists by themselves. */
export function answerNodePools({ question, results }: Thinking): Thought {
  const [listed, ...pools] = results;
  if (!listed)
    return {
      calls: [
        {
          name: "search_resources",
          input: { ...resourceFilterInput(question), type: "AKS", limit: MOST_CLUSTERS },
        },
      ],
    };
  if (!listed.output) return { say: sayError(listed) };
  const { rows, totalCount } = listed.output as unknown as ResourceSearchOutput;
  if (rows.length === 0)
    return { say: `There are no Kubernetes clusters in the inventory.${next("List our resources")}` };
  if (pools.length === 0)
    return {
      calls: rows.map(({ id }) => ({
        name: "get_resource_relationships",
        input: { id, direction: "uses", steps: 1 },
      })),
    };
  const lines = pools.map((result) => {
    if (!result.output) return `- ${sayError(result)}\n`;
    const { name, rows: related } = result.output as unknown as {
      name: string;
      rows: { kind: string; name: string }[];
    };
    const own = related
      .filter(({ kind }) => kind === "node_pool")
      .map((row) => `\`${row.name.replace(/[`{}]/g, "'")}\``);
    return `- ${word(name)}: ${own.length > 0 ? own.join(", ") : "no node pool that the inventory knows"}\n`;
  });
  const more =
    totalCount > rows.length ? "The dearest clusters are shown; ask for another by its name.\n" : "";
  return {
    say: `The node pools of **${ref(listed.call, "/totalCount")}** Kubernetes ${totalCount === 1 ? "cluster" : "clusters"}:\n${lines.join("")}${more}${/pools?\b/i.test(question.text) ? "" : "How many nodes each has the inventory does not tell.\n"}${next(`What belongs to ${word(rows[0]!.name)}`)}`,
  };
}
