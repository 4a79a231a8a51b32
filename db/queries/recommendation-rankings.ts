import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { RecommendationSchema } from "../recommendation-schema.ts";

export interface StoredDecision {
  recommendationId: string;
  at: Date;
  outcome: RecommendationSchema["recommendation_decisions"]["outcome"];
  /** What was known of the recommendation at that moment. */
  known: Record<string, unknown>;
}

/** What was decided of recommendations in the last days that decisions reach, oldest first. */
export async function listDecisions(transaction: TenantTransaction, days: number): Promise<StoredDecision[]> {
  const rows = await transaction
    .selectFrom("recommendation_decisions")
    .select(["recommendation_id", "decided_at", "outcome", "known"])
    .where(
      "decided_at",
      ">",
      sql<Date>`(select max(decided_at) from recommendation_decisions) - make_interval(days => ${days}::int)`,
    )
    .orderBy("decided_at")
    .orderBy("id")
    .execute();
  return rows.map(({ recommendation_id, decided_at, outcome, known }) => ({
    recommendationId: recommendation_id,
    at: decided_at,
    outcome,
    known,
  }));
}

export interface StoredRanking {
  trainedAt: Date;
  verdict: RecommendationSchema["recommendation_rankings"]["verdict"];
  decisionCount: number;
  acceptedCount: number;
  measuredCount: number;
  judgedCount: number;
  /** Shares of accepted savings reached on the way down, decimal strings; null where nothing was compared. */
  ruleReached: string | null;
  learnedReached: string | null;
  /** How often luck alone would do as well, decimal string. */
  chance: string | null;
  /** null unless the verdict is "learned". */
  model: Record<string, unknown> | null;
}

/** The order that holds in place of the one before. */
export async function keepRanking(
  transaction: TenantTransaction,
  organizationId: string,
  ranking: StoredRanking,
): Promise<void> {
  const values = {
    trained_at: ranking.trainedAt,
    verdict: ranking.verdict,
    decision_count: ranking.decisionCount,
    accepted_count: ranking.acceptedCount,
    measured_count: ranking.measuredCount,
    judged_count: ranking.judgedCount,
    rule_reached: ranking.ruleReached,
    learned_reached: ranking.learnedReached,
    chance: ranking.chance,
    model: ranking.model === null ? null : JSON.stringify(ranking.model),
  };
  await transaction
    .insertInto("recommendation_rankings")
    .values({ organization_id: organizationId, ...values })
    .onConflict((conflict) => conflict.column("organization_id").doUpdateSet(values))
    .execute();
}

/** The order that holds; undefined before the first training. */
export async function readRanking(transaction: TenantTransaction): Promise<StoredRanking | undefined> {
  const row = await transaction.selectFrom("recommendation_rankings").selectAll().executeTakeFirst();
  return (
    row && {
      trainedAt: row.trained_at,
      verdict: row.verdict,
      decisionCount: row.decision_count,
      acceptedCount: row.accepted_count,
      measuredCount: row.measured_count,
      judgedCount: row.judged_count,
      ruleReached: row.rule_reached,
      learnedReached: row.learned_reached,
      chance: row.chance,
      model: row.model,
    }
  );
}

/** A day's usage cost of a resource and service, near a day on which something was done to it. */
export interface CostAround {
  resourceId: string;
  on: string;
  day: string;
  service: string;
  currency: string;
  effective: string;
  billed: string;
}

/** Usage costs of resources from so many days before to so many after a day of each. */
export async function readCostsAround(
  transaction: TenantTransaction,
  changes: readonly { resourceId: string; on: string }[],
  days: { before: number; after: number },
): Promise<CostAround[]> {
  if (changes.length === 0) return [];
  // The series and the days are arrays and bounds, and not joined: on tables that it has no statistics of (the embedded
  // engine has no autovacuum) the planner reads the facts anew for every series. Nor are they compared each with all,
  // for this transaction only.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(transaction);
  const { rows } = await sql<CostAround>`with change as materialized (
      select distinct * from unnest(${changes.map(({ resourceId }) => resourceId)}::text[],
        ${changes.map(({ on }) => on)}::date[]) as named(id, day)
    ), series as materialized (
      select id, resource_id, service_name, currency from cost_series
      where resource_id = any(array(select id from change)) and charge_category = 'Usage'
        and commitment_discount_status is distinct from 'Unused'
    ), daily as materialized (
      select series_id, day, effective_cost, billed_cost from cost_daily
      where series_id = any(array(select id from series))
        and day >= (select min(day) from change) - ${days.before}::int
        and day <= (select max(day) from change) + ${days.after}::int
        and delivery_id = any(array(select id from cost_deliveries where status = 'published'))
    )
    select change.id as "resourceId", change.day as "on", d.day, s.service_name as service, s.currency,
      sum(d.effective_cost) as effective, sum(d.billed_cost) as billed
    from change join series s on s.resource_id = change.id
    join daily d on d.series_id = s.id and d.day >= change.day - ${days.before}::int and d.day <= change.day + ${days.after}::int
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(transaction);
  return rows;
}
