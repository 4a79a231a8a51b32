/** What the generator planted, before its cost is known; truth.ts makes the manifest of it. */
export type Plant =
  | {
      kind: "waste";
      type: "idle_vm" | "unattached_disk" | "unused_public_ip" | "stopped_vm";
      resourceId: string;
      /** YYYY-MM-DD */
      since: string;
      why: string;
      /** Charges that end when the waste is removed; all of the resource when left out. */
      onlyCompute?: boolean;
    }
  | {
      kind: "trap";
      /** What a careless rule would call it. */
      type: "idle_vm" | "unattached_disk" | "unused_public_ip";
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
  | { kind: "trend"; chargeId: string; monthlyGrowthPercent: number; why: string }
  | { kind: "stop"; resourceId: string; from: string; to: string; why: string }
  | { kind: "ephemeral"; resourceId: string; from: string; to: string; why: string };
