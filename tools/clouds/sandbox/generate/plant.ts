import type { WasteType } from "../truth-schema.ts";

/** What the generator planted, before its cost is known; truth.ts makes the manifest of it. */
export type Plant =
  | {
      kind: "waste";
      type: WasteType;
      resourceId: string;
      /** YYYY-MM-DD */
      since: string;
      why: string;
      /** Charges that the change ends or shrinks; all of the resource when left out. */
      only?: "compute" | "licence" | { meters: readonly string[] };
      /** Ids of the charges, where they are another resource's: a blob is billed as a part of its account. */
      billedAs?: readonly string[];
      /** What it becomes, and what of those charges then remains by list prices, 0 to 1; nothing when left out. */
      becomes?: { target: string; remainingShare: number };
    }
  | {
      kind: "trap";
      /** What a careless rule would call it. */
      type: WasteType;
      resourceId: string;
      why: string;
    }
  | {
      kind: "anomaly";
      chargeId: string;
      from: string;
      to: string;
      factor: number;
      why: string;
    }
  /** A Well-Architected check that the resource violates. */
  | { kind: "assessment"; check: string; resourceId: string }
  | { kind: "trend"; chargeId: string; monthlyGrowthPercent: number; why: string }
  | { kind: "stop"; resourceId: string; from: string; to: string; why: string }
  | { kind: "ephemeral"; resourceId: string; from: string; to: string; why: string };
