import type { ConnectionRow } from "@cloudoptima/db/queries/connections.ts";
import pLimit from "p-limit";
import type { CloudRead, Subscription } from "../clouds/cloud.ts";
import type { ReadContext } from "../kernel/context.ts";
import { type Capability, capabilities, explainMissing } from "./capabilities.ts";
import { describeFailure } from "./describe-failure.ts";
import { testCostSource } from "./test-cost-source.ts";
import type { ConnectionTest } from "./test-shapes.ts";

type TestedSubscription = ConnectionTest["subscriptions"][number];

const subscriptionsAtOnce = 4;
const longestTestMs = 120_000;

/**
 * Signs in, lists the subscriptions, and asks Azure itself what the identity may do on each; then opens the exports
 * that the costs come from.
 */
export async function testConnection(
  ctx: ReadContext,
  connection: ConnectionRow,
): Promise<Omit<ConnectionTest, "connectionId">> {
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(longestTestMs)]);
  const testedAt = ctx.realNow().toISOString();
  let cloud: CloudRead;
  let visible: Subscription[];
  try {
    cloud = await ctx.cloud(connection.id);
    visible = await cloud.subscriptions(signal);
  } catch (error) {
    ctx.signal.throwIfAborted();
    const failure = describeFailure(error);
    return {
      state: "failed",
      signIn: { ok: false, ...failure },
      subscriptions: [],
      costSource: null,
      testedAt,
    };
  }
  const limit = pLimit(subscriptionsAtOnce);
  const [costSource, ...tested] = await Promise.all([
    testCostSource(ctx, connection, signal),
    ...visible.map((subscription) => limit(() => testSubscription(cloud, subscription, signal))),
  ]);
  ctx.signal.throwIfAborted();
  const subscriptions = [...tested, ...lostSubscriptions(connection, visible)];
  const all = subscriptions.flatMap((subscription) => subscription.capabilities);
  const allowed = all.filter(({ state }) => state === "allowed").length;
  const isWhole = allowed === all.length && costSource?.ok !== false;
  const state = visible.length === 0 || allowed === 0 ? "failed" : isWhole ? "ok" : "limited";
  return { state, signIn: describeSignIn(visible.length), subscriptions, costSource, testedAt };
}

function describeSignIn(subscriptionCount: number): ConnectionTest["signIn"] {
  if (subscriptionCount === 0) {
    return {
      ok: true,
      message: "The identity signs in but sees no subscription.",
      hint: "Give it the role Reader on the subscriptions to watch; a new role counts after some minutes.",
    };
  }
  const seen = subscriptionCount === 1 ? "one subscription" : `${subscriptionCount} subscriptions`;
  return { ok: true, message: `The identity signs in and sees ${seen}.`, hint: null };
}

async function testSubscription(
  cloud: CloudRead,
  { id, name }: Subscription,
  signal: AbortSignal,
): Promise<TestedSubscription> {
  const needed = [...new Set(capabilities.flatMap(({ operations }) => operations))];
  try {
    const missing = new Set(await cloud.missingPermissions(`/subscriptions/${id}`, needed, signal));
    const tested = capabilities.map((capability) => judge(capability, name, missing));
    // Azure shows a subscription to whoever has any role in it, be it on a single resource.
    const nothing = tested.every(({ state }) => state === "missing");
    return {
      id,
      name,
      message: nothing
        ? `The identity has no useful role on ${name}. Give it Reader, Cost Management Reader and Monitoring Reader there.`
        : null,
      capabilities: tested,
    };
  } catch (error) {
    const { message, hint } = describeFailure(error);
    return {
      id,
      name,
      message: [message, hint].filter(Boolean).join(" "),
      capabilities: capabilities.map((capability) => describe(capability, "unknown", [], null)),
    };
  }
}

function judge(capability: Capability, subscriptionName: string, missingThere: ReadonlySet<string>) {
  const missing = capability.operations.filter((operation) => missingThere.has(operation));
  return missing.length === 0
    ? describe(capability, "allowed", [], null)
    : describe(capability, "missing", missing, explainMissing(capability, subscriptionName, missing));
}

function describe(
  { name, title, changes }: Capability,
  state: TestedSubscription["capabilities"][number]["state"],
  missing: string[],
  message: string | null,
): TestedSubscription["capabilities"][number] {
  return { name, title, changes, state, missing, message };
}

/** Subscriptions that the last scan still saw: a role that was taken away must not look like a smaller estate. */
function lostSubscriptions(
  { settings }: ConnectionRow,
  visible: readonly Subscription[],
): TestedSubscription[] {
  const known = Object.entries((settings.subscriptions ?? {}) as Record<string, string>);
  const seen = new Set(visible.map(({ id }) => id));
  return known
    .filter(([id]) => !seen.has(id))
    .map(([id, name]) => ({
      id,
      name,
      message: `The last scan read ${name}; now the identity does not see it. Give it back the role Reader there, unless the subscription is gone.`,
      capabilities: capabilities.map((capability) =>
        describe(capability, "missing", [...capability.operations], null),
      ),
    }));
}
