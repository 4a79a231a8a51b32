import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readText } from "../../clouds/read-property.ts";
import { type ActionReader, defineAction } from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { disasterRecovery, firstFound, keptCopy, lookFor } from "../../recommendations/counter-evidence.ts";
import { managedSnapshot } from "../../recommendations/rules/snapshot-cleanup.ts";
import { changeRisk } from "../change-risk.ts";
import { isGone } from "../is-gone.ts";

const Parameters = z.object({ diskIsThere: z.boolean() });

/** Deletes disk snapshots. Nothing keeps what is in them, so two people have to approve it. */
export default defineAction({
  name: "delete_snapshot",
  version: 1,
  title: "Delete snapshots",
  examples: ["delete the old snapshots", "clean up the snapshots nobody needs"],
  resourceType: "microsoft.compute/snapshots",
  resolves: ["snapshot_cleanup"],
  operations: ["Microsoft.Compute/snapshots/delete"],
  headline: (count) => (count === 1 ? "Delete 1 snapshot" : `Delete ${count} snapshots`),
  input: z.object({}),

  async plan(reader, live) {
    const kept = keptFor(live);
    if (kept) throw new AppError("conflict", `${live.name} ${kept}.`, { hint: "It was left out." });
    const diskIsThere = (await diskOf(reader, live)) !== null;
    return {
      parameters: { diskIsThere },
      effects: [
        "What is in it is gone for good: nothing brings it back.",
        diskIsThere
          ? "The disk that it was made of is there and stays."
          : "The disk that it was made of is gone: this may be the last copy of its data.",
      ],
      risk: changeRisk("delete_snapshot", live),
      reversible: false,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields: (live) => ({
      exists: live !== null,
      uniqueId: readText(live?.properties, "uniqueId") ?? readText(live?.properties, "timeCreated") ?? null,
      madeOf: readText(live?.properties, "creationData", "sourceResourceId")?.toLowerCase() ?? null,
    }),
    async checkEvidence(reader, live, parameters) {
      const kept = live && keptFor(live);
      if (kept) return `it ${kept}.`;
      const wasThere = Parameters.parse(parameters).diskIsThere;
      return live && wasThere && (await diskOf(reader, live)) === null
        ? "the disk that it was made of is gone now, so it may be the last copy of its data."
        : null;
    },
    steps: [
      {
        name: "delete",
        submit: ({ cloud, resourceId, live, signal }) => cloud.delete(resourceId, live?.etag ?? null, signal),
        verify: async ({ live }) => isGone(live),
      },
    ],
  },

  undo: { irreversible: "the data of a deleted snapshot is gone." },
});

function keptFor(live: LiveResource): string | null {
  const found = firstFound(lookFor(live, [managedSnapshot, keptCopy, disasterRecovery]));
  return found ? `is kept on purpose (${found})` : null;
}

async function diskOf({ cloud, signal }: ActionReader, live: LiveResource): Promise<LiveResource | null> {
  const source = readText(live.properties, "creationData", "sourceResourceId");
  return source ? cloud.resource(source.toLowerCase(), signal) : null;
}
