import type { RecordColumn } from "../load/record-columns.ts";

/** Scope of a billing account's charges that belong to no subscription, such as a shared reservation's purchase. */
export const NO_SUBSCRIPTION = "no subscription";

// FOCUS has /subscriptions/ID, classic files the id.
const subscription = "lower(nullif(regexp_replace(sub_account_id, '(?i)^/subscriptions/', ''), ''))";

/**
 * A subscription's month is one delivery whichever way it comes: what exports bring replaces what the Query API
 * brought, and the other way round, instead of being counted beside it.
 */
export const ownSubscription = {
  sub_account_id: subscription,
  scope: `coalesce(${subscription}, '${NO_SUBSCRIPTION}')`,
  billing_account_id: `coalesce(${subscription}, billing_account_id)`,
} satisfies Partial<Record<RecordColumn, string>>;
