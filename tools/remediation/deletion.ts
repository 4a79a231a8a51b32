import { z } from "zod";
import type { LiveResource } from "../clouds/cloud.ts";
import type { ActionChange, ActionUndo, JsonRecord } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";
import { isGone } from "./is-gone.ts";
import { isMade } from "./is-made.ts";
import { Definition, idToMake, readDefinition } from "./read-definition.ts";

const Parameters = z.object({ definition: Definition });

interface Deletable {
  /** "network card", "network cards". */
  nouns: readonly [one: string, many: string];
  /** What of its properties is its definition; the rest Azure gives. */
  properties: readonly string[];
  /** Why it must stay, as the end of a sentence after its name; null: nothing speaks against it. */
  neededFor(live: LiveResource): string | null;
  /** Evidence that takes a look beyond the resource; as ActionChange.checkEvidence has it. */
  checkEvidence?: ActionChange["checkEvidence"];
  /** What people should know before they make it again. */
  undoEffects: readonly string[];
  /** "Microsoft.Network/networkInterfaces", whose write makes it again. */
  operation: string;
}

/** The way there and back of what can be made again from its own definition, with nothing of its own to lose. */
export function deletion({
  nouns,
  properties,
  neededFor,
  checkEvidence,
  undoEffects,
  operation,
}: Deletable): {
  /** What apply and undo need; throws when it must stay. */
  parameters(live: LiveResource): JsonRecord;
  headline(count: number): string;
  operations: readonly string[];
  apply: ActionChange;
  undo: ActionUndo;
} {
  const counted = (count: number) => `${count} ${count === 1 ? nouns[0] : nouns[1]}`;
  return {
    parameters(live) {
      const needed = neededFor(live);
      if (needed) throw new AppError("conflict", `${live.name} ${needed}.`, { hint: "It was left out." });
      return { definition: readDefinition(live, properties) };
    },
    headline: (count) => `Delete ${counted(count)}`,
    operations: [`${operation}/delete`],
    apply: {
      // All that it is made again from: what came after the plan would be lost by the way back.
      driftFields: (live) => ({ exists: live !== null, ...(live ? readDefinition(live, properties) : {}) }),
      async checkEvidence(reader, live, parameters) {
        const needed = live && neededFor(live);
        if (needed) return `it ${needed}.`;
        return (await checkEvidence?.(reader, live, parameters)) ?? null;
      },
      steps: [
        {
          name: "delete",
          submit: ({ cloud, resourceId, live, signal }) =>
            cloud.delete(resourceId, live?.etag ?? null, signal),
          verify: async ({ live }) => isGone(live),
        },
      ],
    },
    undo: {
      describe: () => "Make it again from the same definition.",
      headline: (count) => `Make ${counted(count)} again`,
      effects: () => [...undoEffects],
      until: () => null,
      operations: [`${operation}/write`],
      driftFields: (live) => ({ exists: live !== null }),
      checkEvidence: async () => null,
      steps: [
        {
          name: "create",
          submit: ({ cloud, resourceId, parameters, signal }) => {
            const { definition } = Parameters.parse(parameters);
            return cloud.create(idToMake(resourceId, definition), definition, signal);
          },
          verify: async ({ live }) => isMade(live),
        },
      ],
    },
  };
}
