import { accountOfDiskBlob } from "@cloudoptima/tools/clouds/disk-blob-id.ts";
import type { CostBreakdown } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { Thinking, Thought } from "../thought.ts";
import { quotable } from "./quotable.ts";
import { resourceFilterInput } from "./resource-filter-input.ts";
import { formula, join, next, periodPhrase, ref, sayError, word } from "./write.ts";

const disks = String.raw`\b(?:dis[ck]s?|vhds?|page blobs?)\b`;
/** "which storage accounts hold disks nobody attached", "unmanaged disks per storage account": by account. */
const byAccount = new RegExp(
  String.raw`\bstorage accounts?\b(?! named\b)[^.?;]{0,30}?\b(?:hold|keep|contain|have|has|store|host|with|for|are|is|do|does|lie|sit)(?:s|ing)?\b[^.?;]{0,60}?${disks}|${disks}[^.?;]{0,60}?\b(?:(?:by|per|for (?:each|every)|in (?:each|every|which|what)) (?:storage )?accounts?)\b`,
  "i",
);
const nobodys =
  /\b(?:nobody|no ?one|(?:un|not |isn['’]t |aren['’]t )attached|unleased|not leased|(?:no|without (?:a |any )?) ?lease|orphan\w*|detached|left (?:behind|over)|leftover|unused|not (?:in use|used)|forgotten|abandoned)\b/i;

/** Lines of accounts, and names of disks in each. */
const LINES = 5;
const NAMES = 3;
/** More are not read: an account with so many disks is found by its first ones. */
const MOST = 100;
const estimate = "What deleting a disk would save is an estimate by size and list price";

export const diskAccountQuestion = { test: (text: string): boolean => byAccount.test(text) };

interface Account {
  id: string;
  name: string;
  disks: { index: number; row: ResourceSearchOutput["rows"][number] }[];
}

/** Which storage accounts hold unmanaged disks: of each how many, how large, what the account costs and what could go. */
export function answerDiskAccounts({ question, results }: Thinking): Thought {
  const { text, periods } = question;
  const isUnused = nobodys.test(text);
  const [disksFound, recommended, billed] = results;
  const { text: named, ...place } = resourceFilterInput(question);
  if (!disksFound || !recommended) {
    return {
      calls: [
        {
          name: "search_resources",
          input: {
            ...place,
            type: "unmanaged disks",
            ...(isUnused ? { status: "unleased" } : {}),
            orderBy: "size",
            limit: MOST,
          },
        },
        {
          name: "list_recommendations",
          input: {
            type: "unattached_disk",
            resourceType: "unmanaged disks",
            order: "savings",
            limit: 50,
          },
        },
      ],
    };
  }
  const failed = [disksFound, recommended].find(({ output }) => !output);
  if (failed) return { say: sayError(failed) };
  const found = disksFound.output as unknown as ResourceSearchOutput;
  const isShort = found.note !== null && /storage accounts/i.test(found.note);
  const unread = isShort ? `Not all could be listed: ${quotable(found.note!)}\n` : "";
  const accounts = accountsOf(found, named);
  const noun = `unmanaged disks${isUnused ? " that nobody leases" : ""}`;
  if (accounts.length === 0) {
    const none = isShort ? `No ${noun} are known` : `**No** storage account holds ${noun}`;
    return {
      say: `${none}${named ? ` (looked for: ${word(named)})` : ""}.\n${unread}${next("Which disks are unattached")}`,
    };
  }
  if (!billed) {
    const filters = [{ dimension: "resource", values: accounts.map(({ id }) => id) }];
    const period = periods[0] ? { period: periods[0].period } : {};
    return {
      calls: [{ name: "get_cost_breakdown", input: { ...period, filters, groupBy: "resource", top: MOST } }],
    };
  }
  const at = disksFound.call;
  const all = accounts.flatMap(({ disks: own }) => own);
  const count = formula("count", all.map(sized(at)));
  const holders = formula(
    "count",
    accounts.map(({ disks: [first] }) => sized(at)(first!)),
  );
  const cut = found.totalCount > found.rows.length ? "The largest disks only; there are more.\n" : "";
  const unsized = found.rows.some(({ diskSize }) => diskSize === null)
    ? "Disks whose size the cloud does not tell are left out.\n"
    : "";
  const cost = billed.output as unknown as CostBreakdown | undefined;
  const savings = savingsByDisk(recommended.output as unknown as RecommendationList, recommended.call);
  const lines = accounts.slice(0, LINES).map((account) => `- ${sayAccount(account)}\n`);
  const rest =
    accounts.length > LINES ? "- and other accounts with smaller ones; the table has the disks\n" : "";
  const when = cost ? ` Costs are the whole account's, ${periodPhrase(cost.period)}, effective cost.` : "";
  const guess = all.some(({ row }) => savings.has(row.id)) ? ` ${estimate}.` : "";
  return {
    say: `**${holders}** storage account${accounts.length === 1 ? " holds" : "s hold"} **${count}** ${all.length === 1 ? noun.replace("disks", "disk") : noun}. Together: ${sizeOf(all)}.\n${lines.join("")}${rest}${cut}${unsized}*(The bill has no line for a disk in an account.${when}${guess})*\n${unread}${next("Do we have unmanaged disks", "Which disks are unattached")}`,
  };

  function sayAccount({ id, name, disks: own }: Account): string {
    const names = own.slice(0, NAMES).map(({ row }) => code(row.name));
    const others = own.length > NAMES ? ", and others" : "";
    const isOne = own.length === 1;
    const told = `${code(name)}: ${formula("count", own.map(sized(at)))} disk${isOne ? "" : "s"}, ${sizeOf(own)} (${join(names)}${others})`;
    const goes = own.flatMap(({ row }) => {
      const saving = savings.get(row.id);
      return saving ? [`${code(row.name)} ${saving}`] : [];
    });
    const left = goes.length > 0 ? `; left behind: ${join(goes)}` : "";
    return `${told}; the account ${costOf(id)}${left}`;
  }

  function sizeOf(own: Account["disks"]): string {
    return formula("sum", own.map(sized(at)));
  }

  function costOf(id: string): string {
    if (!billed?.output || !cost) return "has no cost that is known";
    const index = cost.rows.findIndex(({ key }) => key.toLowerCase() === id);
    if (index < 0) return "has no cost in these days";
    return `cost ${ref(billed.call, `/rows/${index}/amount`)}`;
  }
}

const sized = (at: number) => (disk: Account["disks"][number]) => `${at}:/rows/${disk.index}/diskSize`;

/** Largest first, as the disks come. */
function accountsOf({ rows }: ResourceSearchOutput, named: string | undefined): Account[] {
  const accounts = new Map<string, Account>();
  for (const [index, row] of rows.entries()) {
    // Said beside the answer: without a size there is nothing to count or to add up.
    if (row.diskSize === null) continue;
    const id = accountOfDiskBlob(row.id);
    const name = id.split("/").at(-1)!;
    if (named && name !== named.toLowerCase() && row.name.toLowerCase() !== named.toLowerCase()) continue;
    const account = accounts.get(id) ?? { id, name, disks: [] };
    account.disks.push({ index, row });
    accounts.set(id, account);
  }
  return [...accounts.values()];
}

/** What of the bill could go, for the disks that look left behind. */
function savingsByDisk({ rows }: RecommendationList, at: number): Map<string, string> {
  return new Map(
    rows.map(({ resource, monthlySavings }, index) => [
      resource.id,
      monthlySavings ? `(${ref(at, `/rows/${index}/monthlySavings`)} a month)` : "(saving not known)",
    ]),
  );
}

const code = (name: string) => `\`${word(name).replace(/[`{}\\]/g, "")}\``;
