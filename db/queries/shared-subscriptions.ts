import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** A subscription of Azure whose costs of a billing period are, or would be, there from two sources. */
export interface SharedSubscription {
  subscriptionId: string;
  subscriptionName: string | null;
  periodStart: string;
  /** What brought it before. */
  otherSource: string;
}

// FOCUS has /subscriptions/ID, what a connection reads the id.
const subscriptionOf = sql`regexp_replace(lower(m.sub_account_id), '^/subscriptions/', '')`;
// What a connection reads is a delivery of the subscription, an imported file one of its billing account.
const isOwn = sql`(other.scope = other.billing_account_id)`;

/**
 * The first subscription of a published import that another delivery brings for the same days: a connection's and a
 * file's have different keys, so neither replaces the other. Files of two billing accounts may share a subscription,
 * which moves between them.
 */
export async function findSharedSubscription(
  transaction: TenantTransaction,
  importId: string,
): Promise<SharedSubscription | undefined> {
  const { rows } = await sql<SharedSubscription>`
    with own as (
      select d.id, d.billing_account_id, d.period_start, d.period_end, ${subscriptionOf} as subscription,
        max(m.sub_account_name) as name
      from cost_deliveries d join monthly_service_summary m on m.delivery_id = d.id
      where d.import_id = ${importId} and d.status = 'published' and d.provider = 'azure' and m.sub_account_id <> ''
      group by d.id, ${subscriptionOf}
    )
    select own.subscription as "subscriptionId", nullif(own.name, '') as "subscriptionName",
      own.period_start as "periodStart", other.source as "otherSource"
    from own join cost_deliveries other on other.status = 'published' and other.provider = 'azure'
      and other.id <> own.id and other.billing_account_id <> own.billing_account_id
      and other.period_start < own.period_end and own.period_start < other.period_end
    where case when own.subscription = own.billing_account_id
      then not ${isOwn} and exists (select from monthly_service_summary m
        where m.delivery_id = other.id and ${subscriptionOf} = own.subscription)
      else ${isOwn} and other.billing_account_id = own.subscription end
    order by own.id, other.id limit 1`.execute(transaction);
  return rows[0];
}

/** The first of some months (YYYY-MM-DD, half-open) of a subscription, its id in lower case, that a file brought. */
export async function findImportedMonth(
  transaction: TenantTransaction,
  subscriptionId: string,
  months: readonly { start: string; end: string }[],
): Promise<Pick<SharedSubscription, "periodStart" | "otherSource"> | undefined> {
  const { rows } = await sql<Pick<SharedSubscription, "periodStart" | "otherSource">>`
    select month.start_day as "periodStart", other.source as "otherSource"
    from unnest(${months.map(({ start }) => start)}::date[], ${months.map(({ end }) => end)}::date[])
        as month(start_day, end_day)
      join cost_deliveries other on other.status = 'published' and other.provider = 'azure'
        and other.period_start < month.end_day and month.start_day < other.period_end
    where not ${isOwn} and exists (select from monthly_service_summary m
      where m.delivery_id = other.id and ${subscriptionOf} = ${subscriptionId})
    order by month.start_day desc, other.id limit 1`.execute(transaction);
  return rows[0];
}
