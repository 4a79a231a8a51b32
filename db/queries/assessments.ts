import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

export interface AssessmentRun {
  id: string;
  ranAt: Date;
  resourceCount: number;
  checkCount: number;
  /** Against the run before. */
  newCount: number;
  fixedCount: number;
  /** The organization's totals by pillar, as the assessment wrote them. */
  pillars: unknown[];
}

interface Place {
  subscriptionId: string;
  resourceGroup: string;
}

interface Results {
  passed: number;
  failed: number;
  unknown: number;
}

export interface StoredCount extends Place, Results {
  checkId: string;
}

export interface StoredScore extends Place, Results {
  pillar: string;
  passedWeight: number;
  failedWeight: number;
  unknownWeight: number;
}

export interface OpenFinding {
  id: string;
  checkId: string;
  resourceId: string;
  result: "fail" | "unknown";
  evidence: unknown[];
}

type NewFinding = Omit<OpenFinding, "id">;

// Parameters of one statement stay small, so that neither engine has to hold a whole estate in one.
const rowsAtOnce = 5_000;

/** One run at a time: two that end together would open the same finding twice. Held until the transaction ends. */
export async function lockAssessment(transaction: TenantTransaction, organizationId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`assessment ${organizationId}`}, 0))`.execute(
    transaction,
  );
}

/** Everything that fails or is unknown as of the last run. */
export async function readOpenFindings(transaction: TenantTransaction): Promise<OpenFinding[]> {
  const rows = await transaction
    .selectFrom("assessment_findings")
    .select(["id", "check_id", "resource_id", "result", "evidence"])
    .where("ended_at", "is", null)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    checkId: row.check_id,
    resourceId: row.resource_id,
    result: row.result,
    evidence: row.evidence,
  }));
}

/** Ends findings that a run no longer has, renews evidence, and opens new ones. */
export async function writeFindings(
  transaction: TenantTransaction,
  run: { organizationId: string; id: string; ranAt: Date },
  changes: {
    ended: readonly string[];
    renewed: readonly { id: string; evidence: unknown[] }[];
    opened: readonly NewFinding[];
  },
): Promise<void> {
  const at = run.ranAt.toISOString();
  for (const ids of chunks(changes.ended)) {
    await sql`update assessment_findings set ended_at = ${at}::timestamptz, ended_run_id = ${run.id}::uuid
      where id = any(${ids}::bigint[])`.execute(transaction);
  }
  for (const renewed of chunks(changes.renewed)) {
    await sql`update assessment_findings kept set evidence = renewed.evidence
      from jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb) as renewed(id bigint, evidence jsonb)
      where kept.id = renewed.id`.execute(transaction);
  }
  for (const opened of chunks(changes.opened)) {
    await sql`insert into assessment_findings
        (organization_id, check_id, resource_id, result, evidence, since, first_run_id)
      select ${run.organizationId}::uuid, "checkId", "resourceId", result, evidence, ${at}::timestamptz, ${run.id}::uuid
      from jsonb_to_recordset(${JSON.stringify(opened)}::jsonb)
        as opened("checkId" text, "resourceId" text, result text, evidence jsonb)`.execute(transaction);
  }
}

/** Keeps a run with its totals: counts replace those of the run before, scores those of the same UTC day. */
export async function writeRun(
  transaction: TenantTransaction,
  organizationId: string,
  run: AssessmentRun,
  totals: { counts: readonly StoredCount[]; scores: readonly StoredScore[] },
): Promise<void> {
  await transaction
    .insertInto("assessment_runs")
    .values({
      id: run.id,
      organization_id: organizationId,
      ran_at: run.ranAt,
      resource_count: run.resourceCount,
      check_count: run.checkCount,
      new_count: run.newCount,
      fixed_count: run.fixedCount,
      pillars: JSON.stringify(run.pillars),
    })
    .execute();
  const day = run.ranAt.toISOString().slice(0, 10);
  await sql`delete from assessment_scores where run_id in (
    select id from assessment_runs where (ran_at at time zone 'UTC')::date = ${day}::date)`.execute(
    transaction,
  );
  await sql`delete from assessment_counts`.execute(transaction);
  for (const scores of chunks(totals.scores)) {
    await sql`insert into assessment_scores (organization_id, run_id, subscription_id, resource_group, pillar,
        passed, failed, unknown, passed_weight, failed_weight, unknown_weight)
      select ${organizationId}::uuid, ${run.id}::uuid, "subscriptionId", "resourceGroup", pillar,
        passed, failed, unknown, "passedWeight", "failedWeight", "unknownWeight"
      from jsonb_to_recordset(${JSON.stringify(scores)}::jsonb) as scores("subscriptionId" text, "resourceGroup" text,
        pillar text, passed int, failed int, unknown int, "passedWeight" int, "failedWeight" int, "unknownWeight" int)`.execute(
      transaction,
    );
  }
  for (const counts of chunks(totals.counts)) {
    await sql`insert into assessment_counts
        (organization_id, subscription_id, resource_group, check_id, passed, failed, unknown)
      select ${organizationId}::uuid, "subscriptionId", "resourceGroup", "checkId", passed, failed, unknown
      from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as counts("subscriptionId" text, "resourceGroup" text,
        "checkId" text, passed int, failed int, unknown int)`.execute(transaction);
  }
}

/** Runs, newest first. */
export async function listRuns(transaction: TenantTransaction, limit: number): Promise<AssessmentRun[]> {
  const rows = await transaction
    .selectFrom("assessment_runs")
    .selectAll()
    .orderBy("ran_at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    ranAt: row.ran_at,
    resourceCount: row.resource_count,
    checkCount: row.check_count,
    newCount: row.new_count,
    fixedCount: row.fixed_count,
    pillars: row.pillars,
  }));
}

/** Which places to add up; none named: all. */
export interface AssessedPlaces {
  subscriptionIds?: readonly string[];
  resourceGroup?: string;
}

/** Counts of the last run by check; apart for each subscription or resource group when asked, else '' stands there. */
export async function readCounts(
  transaction: TenantTransaction,
  places: AssessedPlaces = {},
  by?: "subscription" | "resource_group",
): Promise<StoredCount[]> {
  const subscription = by ? sql`subscription_id` : sql`''`;
  const group = by === "resource_group" ? sql`resource_group` : sql`''`;
  const subscriptionIds = places.subscriptionIds ? [...places.subscriptionIds] : null;
  const resourceGroup = places.resourceGroup ?? null;
  const { rows } = await sql<StoredCount>`select check_id as "checkId", ${subscription} as "subscriptionId",
      ${group} as "resourceGroup", sum(passed)::int as passed, sum(failed)::int as failed, sum(unknown)::int as unknown
    from assessment_counts
    where (${subscriptionIds}::text[] is null or subscription_id = any(${subscriptionIds}::text[]))
      and (${resourceGroup}::text is null or resource_group = ${resourceGroup}::text)
    group by 1, 2, 3 order by 2, 3, 1`.execute(transaction);
  return rows;
}

/** Totals by pillar of each day's last run since a moment, oldest first, of some places or of all. */
export async function readScoreTrend(
  transaction: TenantTransaction,
  since: Date,
  place: AssessedPlaces,
): Promise<
  {
    runId: string;
    ranAt: Date;
    pillar: string;
    passedWeight: number;
    failedWeight: number;
    unknownWeight: number;
  }[]
> {
  let query = transaction
    .selectFrom("assessment_scores as s")
    .innerJoin("assessment_runs as r", (join) =>
      join.onRef("r.id", "=", "s.run_id").onRef("r.organization_id", "=", "s.organization_id"),
    )
    .select(["r.id", "r.ran_at", "s.pillar"])
    .select(({ fn }) => [
      fn.sum("s.passed_weight").as("passed_weight"),
      fn.sum("s.failed_weight").as("failed_weight"),
      fn.sum("s.unknown_weight").as("unknown_weight"),
    ])
    .where("r.ran_at", ">=", since)
    .groupBy(["r.id", "r.ran_at", "s.pillar"])
    .orderBy("r.ran_at")
    .orderBy("s.pillar");
  if (place.subscriptionIds) query = query.where("s.subscription_id", "in", [...place.subscriptionIds]);
  if (place.resourceGroup !== undefined) query = query.where("s.resource_group", "=", place.resourceGroup);
  return (await query.execute()).map((row) => ({
    runId: row.id,
    ranAt: row.ran_at,
    pillar: row.pillar,
    passedWeight: Number(row.passed_weight),
    failedWeight: Number(row.failed_weight),
    unknownWeight: Number(row.unknown_weight),
  }));
}

export interface FindingOfResource {
  checkId: string;
  result: "fail" | "unknown";
  evidence: unknown[];
  since: Date;
  firstRunId: string;
  resourceId: string;
  name: string;
  type: string;
  subscriptionId: string;
  resourceGroup: string | null;
}

/** Open findings of some checks beside their resources, by check and name. */
export async function listFindings(
  transaction: TenantTransaction,
  filter: AssessedPlaces & {
    checkIds: readonly string[];
    resourceId?: string;
    results?: readonly ("fail" | "unknown")[];
    /** First this many of each check. */
    perCheck: number;
    offset?: number;
  },
): Promise<FindingOfResource[]> {
  if (filter.checkIds.length === 0) return [];
  const { rows } = await sql<FindingOfResource>`select * from (
      select f.check_id as "checkId", f.result, f.evidence, f.since, f.first_run_id as "firstRunId",
        f.resource_id as "resourceId", r.name, r.resource_type as type, r.subscription_id as "subscriptionId",
        r.resource_group as "resourceGroup",
        row_number() over (partition by f.check_id order by f.result, r.name, f.resource_id) as place
      from assessment_findings f
      join resources r on r.organization_id = f.organization_id and r.resource_id = f.resource_id
      where f.ended_at is null and f.check_id = any(${[...filter.checkIds]}::text[])
        and f.result = any(${[...(filter.results ?? ["fail"])]}::text[])
        and (${filter.resourceId ?? null}::text is null or f.resource_id = ${filter.resourceId ?? null}::text)
        and (${filter.subscriptionIds ? [...filter.subscriptionIds] : null}::text[] is null
          or r.subscription_id = any(${filter.subscriptionIds ? [...filter.subscriptionIds] : null}::text[]))
        and (${filter.resourceGroup ?? null}::text is null or r.resource_group = ${filter.resourceGroup ?? null}::text)
    ) ranked
    where place > ${filter.offset ?? 0} and place <= ${(filter.offset ?? 0) + filter.perCheck}
    order by "checkId", place`.execute(transaction);
  return rows;
}

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += rowsAtOnce) yield items.slice(at, at + rowsAtOnce);
}
