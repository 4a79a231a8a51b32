import type { EvalCase } from "./eval-case.ts";

/** Disks that are page blobs: what the machines tell is said, and what no scan lists. */
export const contosoUnmanaged: EvalCase[] = [
  "do we have any unmanaged disks?",
  "list our unmanaged discs",
  "are there VHDs lying around in storage accounts",
].map((question) => ({
  family: "limits" as const,
  question,
  tools: ["explain_check" as const],
  says: /None that a machine uses[\s\S]*can['’]t be seen here/,
}));
