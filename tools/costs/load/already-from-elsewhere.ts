import type { SharedSubscription } from "@cloudoptima/db/queries/shared-subscriptions.ts";
import { AppError } from "../../kernel/errors.ts";

/** Says that costs of a subscription are there from elsewhere. */
export function alreadyFromElsewhere(shared: SharedSubscription): AppError {
  const { subscriptionId, subscriptionName, periodStart, otherSource } = shared;
  return new AppError(
    "conflict",
    `The costs of subscription ${subscriptionName ?? subscriptionId} in the billing period from ${periodStart} are already loaded from ${otherSource}; these beside them would count twice.`,
    {
      hint: "What is loaded stays. Let one source bring a subscription's costs of a month: its connection or imported files.",
    },
  );
}
