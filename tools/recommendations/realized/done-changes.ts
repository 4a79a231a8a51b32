import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import {
  type DoneItem,
  listDoneItems,
  readRecommendationTitles,
} from "@cloudoptima/db/queries/done-changes.ts";
import { listDecisions } from "@cloudoptima/db/queries/recommendation-rankings.ts";
import { actions } from "../../actions.gen.ts";
import type { Money } from "../../costs/cost-shapes.ts";
import { findAction } from "../../remediation/find-action.ts";
import { dayOf, judgementsOf } from "../ranking/decisions.ts";
import { factsOf, Known } from "../ranking/known-facts.ts";
import type { Filtered } from "../recommendation-filter.ts";
import { earliest } from "./measure-change.ts";

/** Something that was done to save, and by which way. */
export interface DoneChange extends Filtered {
  what: string;
  doneOn: string;
  /** Null: it is in effect. */
  undoneOn: string | null;
  /** As expected when it was decided; null: nobody could tell. */
  estimatedMonthlySavings: Money | null;
  recommendationId: string | null;
  /** The approved plan that did it; null: somebody did it elsewhere. */
  proposalId: string | null;
  /** Resources that it made and that cost by themselves. */
  leftoverIds: string[];
}

/**
 * Recommendations that were carried out in the last days that decisions reach, here or elsewhere, and what approved
 * plans did without one. What was decided to be no good after all stays, until the day it was taken back.
 */
export async function listDoneChanges(
  transaction: TenantTransaction,
  now: Date,
  reachDays: number,
): Promise<DoneChange[]> {
  const since = new Date(now.getTime() - reachDays * 86_400_000);
  const items = (await listDoneItems(transaction, since)).filter(({ action }) => savesBy(action).length > 0);
  const recommended = await listRecommended(transaction, items, since, reachDays);
  const told = new Set(recommended.map(({ proposalId, resourceId }) => `${proposalId} ${resourceId}`));
  const others = items
    .filter(({ proposalId, resourceId }) => !told.has(`${proposalId} ${resourceId}`))
    .map(fromItem);
  return [...recommended, ...others].sort(
    (a, b) => compare(a.doneOn, b.doneOn) || compare(a.resourceId, b.resourceId) || compare(a.what, b.what),
  );
}

async function listRecommended(
  transaction: TenantTransaction,
  items: readonly DoneItem[],
  since: Date,
  reachDays: number,
): Promise<DoneChange[]> {
  const decisions = await listDecisions(transaction, reachDays);
  const known = new Map(decisions.map((one) => [one.recommendationId, Known.parse(one.known)]));
  const events = decisions.map((one) => ({ ...one, facts: factsOf(known.get(one.recommendationId)!) }));
  // What counts as nothing was decided anew: it was not carried out as it seemed.
  const done = judgementsOf(events).filter(
    ({ accepted, ended, at }) => accepted && ended?.accepted !== null && at >= since,
  );
  const titles = await readRecommendationTitles(
    transaction,
    done.map(({ recommendationId }) => recommendationId),
  );
  return done.map(({ recommendationId, at, facts, ended }) => {
    const { resourceId, resourceName, resourceGroup, region, tags, type } = known.get(recommendationId)!;
    const item = items.find(
      (one) => one.recommendationIds.includes(recommendationId) && one.resourceId === resourceId,
    );
    const undone = [ended?.at, item?.undoneAt].flatMap((moment) => (moment ? [dayOf(moment)] : []));
    const { monthlySavings: value, currency } = facts;
    return {
      what: titles.get(recommendationId) ?? type,
      types: [type],
      ...placeOf(resourceId),
      ...{ resourceName, resourceGroup, region, tags },
      doneOn: dayOf(at),
      undoneOn: undone.length > 0 ? earliest(...undone) : null,
      estimatedMonthlySavings: value !== null && currency !== null ? { value, currency } : null,
      recommendationId,
      proposalId: item?.proposalId ?? null,
      leftoverIds: item?.leftoverId ? [item.leftoverId] : [],
    };
  });
}

/** What somebody had done without a recommendation: nothing was expected of it in figures. */
function fromItem(item: DoneItem): DoneChange {
  const { action, parameters, resourceId, resourceName, resourceGroup, region, tags, leftoverId } = item;
  return {
    what: findAction(action).headline(
      1,
      parameters as Parameters<ReturnType<typeof findAction>["headline"]>[1],
    ),
    types: savesBy(action),
    ...placeOf(resourceId),
    ...{ resourceName, resourceGroup, region, tags },
    doneOn: dayOf(item.doneAt),
    undoneOn: item.undoneAt && dayOf(item.undoneAt),
    estimatedMonthlySavings: null,
    recommendationId: null,
    proposalId: item.proposalId,
    leftoverIds: leftoverId ? [leftoverId] : [],
  };
}

/** Recommendation types that an action carries out: one without any (tags) saves nothing by itself. */
function savesBy(action: string): readonly string[] {
  return actions.find(({ name }) => name === action)?.resolves ?? [];
}

function placeOf(resourceId: string): { resourceId: string; subscriptionId: string | null } {
  return { resourceId, subscriptionId: /^\/subscriptions\/([^/]+)/.exec(resourceId)?.[1] ?? null };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
