import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readText } from "../../clouds/read-property.ts";
import { type ActionStep, defineAction, type JsonRecord } from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { changeRisk } from "../change-risk.ts";
import { highestInLastHour } from "../highest-in-last-hour.ts";
import { isProduction } from "../is-production.ts";
import { targetChoice } from "../target-choice.ts";

const Parameters = z.object({ from: z.string(), to: z.string() });
const operations = ["Microsoft.Storage/storageAccounts/write"];

/** Days that data is paid for at least, once it is there (learn.microsoft.com, "Access tiers for blob data"). */
const leastDays: Record<string, number> = { Hot: 0, Cool: 30, Cold: 90 };

/** Changes the default access tier of storage accounts, which all blobs without a tier of their own have. */
export default defineAction({
  name: "change_access_tier",
  version: 1,
  title: "Change the access tier of storage accounts",
  examples: ["move stlogsprod001 to a cheaper tier"],
  resourceType: "microsoft.storage/storageaccounts",
  resolves: ["storage_tier"],
  operations,
  headline: (count) =>
    count === 1
      ? "Change the access tier of 1 storage account"
      : `Change the access tier of ${count} storage accounts`,
  input: z.object(targetChoice),

  async plan(_reader, live, { to = "" }) {
    const from = tierOf(live);
    const target = Object.keys(leastDays).find((tier) => tier.toLowerCase() === to.toLowerCase());
    if (!from || !(from in leastDays) || !target) {
      throw new AppError("unsupported", `${live.name} (${from ?? "without a tier"}) cannot become ${to}.`, {
        hint: "An account's tier is Hot, Cool or Cold.",
      });
    }
    if (target === from) {
      throw new AppError("conflict", `${live.name} is ${from} already.`, {
        hint: "There is nothing to change.",
      });
    }
    return {
      parameters: { from, to: target },
      effects: [
        `All blobs without a tier of their own go from ${from} to ${target}; Azure bills an operation for each of them, there and back.`,
        ...(leastDays[target]
          ? [
              `What is read from ${target} costs a retrieval, and what is deleted or moved within ${leastDays[target]} days is paid until then.`,
            ]
          : []),
      ],
      risk: changeRisk("change_access_tier", live),
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields,
    async checkEvidence(reader, live, parameters) {
      if (!live || Parameters.parse(parameters).to === "Hot") return null;
      const reads = await highestInLastHour(reader, live, "read_transactions", "total");
      return reads ? "somebody read from it in the last hour." : null;
    },
    steps: [setTier("to")],
  },

  undo: {
    describe: (parameters) => `Change it back to ${Parameters.parse(parameters).from}.`,
    headline: (count) =>
      count === 1
        ? "Change the access tier of 1 storage account back"
        : `Change the access tier of ${count} storage accounts back`,
    effects: () => [
      "Azure bills an operation, a retrieval and what is left of the least days for each blob.",
    ],
    until: () => null,
    operations,
    driftFields,
    checkEvidence: async () => null,
    steps: [setTier("from")],
  },
});

function setTier(which: "from" | "to"): ActionStep {
  const wanted = (parameters: JsonRecord) => Parameters.parse(parameters)[which];
  return {
    name: "set_tier",
    submit: ({ cloud, resourceId, live, parameters, signal }) =>
      cloud.update(
        resourceId,
        { properties: { accessTier: wanted(parameters) } },
        live?.etag ?? null,
        signal,
      ),
    verify: async ({ live, parameters }) =>
      live === null ? "unknown" : tierOf(live) === wanted(parameters) ? "done" : "not_done",
  };
}

const tierOf = (live: LiveResource | null) => readText(live?.properties, "accessTier") ?? null;

function driftFields(live: LiveResource | null): JsonRecord {
  return {
    exists: live !== null,
    tier: tierOf(live),
    sku: readText(live?.properties, "sku", "name") ?? null,
    // Another account made under the same name has another one.
    made: readText(live?.properties, "creationTime") ?? null,
    production: live && isProduction(live), // the risk that people approved
  };
}
