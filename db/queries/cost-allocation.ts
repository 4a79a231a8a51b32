import { type RawBuilder, sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import { type CostGroup, type CostScope, costSource, keyExpression, labelExpression } from "./cost-source.ts";

/** Which costs a rule takes; all that is given must hold. Texts are compared without regard to case. */
export interface AllocationMatch {
  /** Only costs that carry no team; else costs of any team. */
  untaggedOnly: boolean;
  /** All spellings of the tag's name, and one value. */
  tag: { tagKeys: readonly string[]; value: string } | null;
  /** A LIKE pattern over the resource's name. */
  nameLike: string | null;
  /** Ids or names. */
  subscriptions: readonly string[];
  resourceGroups: readonly string[];
  services: readonly string[];
}

/** The cost that one rule takes (null: none) of one team by tag ("": none), in one currency. */
export interface AllocationSum {
  currency: string;
  rule: number | null;
  team: string;
  amount: string;
  rowCount: number;
}

/** A group's cost, what of it has not the tag, and what no rule takes of that. */
export interface TagCoverageSum {
  currency: string;
  key: string;
  label: string | null;
  amount: string;
  untagged: string;
  unallocated: string;
}

/** The first spelling of a tag that a cost has counts; "" where it has none. */
function tagValue(tagKeys: readonly string[]): RawBuilder<string> {
  return tagKeys.length === 0 ? sql`''` : keyExpression({ dimension: "tag", tagKeys });
}

/** The place of the first rule that takes a cost, null where none does. */
function ruleExpression(
  rules: readonly AllocationMatch[],
  teamKeys: readonly string[],
): RawBuilder<number | null> {
  if (rules.length === 0) return sql`null::integer`;
  const branches = rules.map((rule, index) => {
    const lower = (values: readonly string[]) => values.map((value) => value.toLowerCase());
    const tests: RawBuilder<unknown>[] = [];
    if (rule.untaggedOnly) tests.push(sql`${tagValue(teamKeys)} = ''`);
    if (rule.tag) tests.push(sql`lower(${tagValue(rule.tag.tagKeys)}) = ${rule.tag.value.toLowerCase()}`);
    if (rule.nameLike !== null) tests.push(sql`coalesce(c.resource_name, '') ilike ${rule.nameLike}`);
    if (rule.subscriptions.length > 0) {
      const wanted = lower(rule.subscriptions);
      tests.push(
        sql`(lower(c.sub_account_id) = any(${wanted}::text[]) or lower(c.sub_account_name) = any(${wanted}::text[]))`,
      );
    }
    if (rule.resourceGroups.length > 0)
      tests.push(sql`lower(c.resource_group) = any(${lower(rule.resourceGroups)}::text[])`);
    if (rule.services.length > 0)
      tests.push(sql`lower(c.service_name) = any(${lower(rule.services)}::text[])`);
    return sql`when ${sql.join(tests, sql` and `)} then ${sql.lit(index)}`;
  });
  return sql`case ${sql.join(branches, sql` `)} end`;
}

// Tags and names are known by the series alone.
const bySeries: CostGroup = { dimension: "resource" };

/** Costs by the rule that takes them and the team of their tag. */
export async function sumAllocation(
  transaction: TenantTransaction,
  scope: CostScope,
  teamKeys: readonly string[],
  rules: readonly AllocationMatch[],
): Promise<AllocationSum[]> {
  const { rows } = await sql<Omit<AllocationSum, "rowCount"> & { row_count: string }>`
    select c.currency, ${ruleExpression(rules, teamKeys)} as rule, ${tagValue(teamKeys)} as team,
      sum(c.amount)::text as amount, sum(c.row_count)::text as row_count
    from ${costSource(scope, { groups: [bySeries] })} group by 1, 2, 3 order by 1, 2, 3`.execute(transaction);
  return rows.map(({ row_count, ...row }) => ({ ...row, rowCount: Number(row_count) }));
}

/** Per currency the groups with most untagged cost, `limit` of them. */
export async function sumTagCoverage(
  transaction: TenantTransaction,
  scope: CostScope,
  options: {
    group: CostGroup;
    tagKeys: readonly string[];
    teamKeys: readonly string[];
    rules: readonly AllocationMatch[];
    limit: number;
  },
): Promise<{ groups: TagCoverageSum[]; totals: TagCoverageSum[] }> {
  const { group, tagKeys, teamKeys, rules, limit } = options;
  const untagged = sql`${tagValue(tagKeys)} = ''`;
  const unallocated = sql`${tagValue(teamKeys)} = '' and ${ruleExpression(rules, teamKeys)} is null`;
  const { rows } = await sql<TagCoverageSum & { rank: string }>`
    with grouped as (
      select c.currency, ${keyExpression(group)} as key, ${labelExpression(group)} as label,
        sum(c.amount) as amount, coalesce(sum(c.amount) filter (where ${untagged}), 0) as untagged,
        coalesce(sum(c.amount) filter (where ${unallocated}), 0) as unallocated
      from ${costSource(scope, { groups: [bySeries, group] })} group by 1, 2
    ), ranked as (
      select *, row_number() over (partition by currency order by untagged desc, key) as rank from grouped
    )
    select currency, key, label, amount::text, untagged::text, unallocated::text, rank::text
    from ranked where rank <= ${limit}
    union all
    select currency, '', null, sum(amount)::text, sum(untagged)::text, sum(unallocated)::text, '0'
    from grouped group by 1`.execute(transaction);
  const plain = ({ rank: _, ...row }: (typeof rows)[number]): TagCoverageSum => row;
  const ordered = rows.toSorted(
    (left, right) =>
      (left.currency < right.currency ? -1 : Number(left.currency > right.currency)) ||
      Number(left.rank) - Number(right.rank),
  );
  return {
    groups: ordered.filter(({ rank }) => rank !== "0").map(plain),
    totals: ordered.filter(({ rank }) => rank === "0").map(plain),
  };
}
