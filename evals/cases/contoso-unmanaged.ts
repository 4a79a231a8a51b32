import type { EvalCase } from "./eval-case.ts";

/** Disks that are page blobs: how many there are, which were left behind, and on which machines they are. */
export const contosoUnmanaged: EvalCase[] = [
  "do we have any unmanaged disks?",
  "list our unmanaged discs",
  "are there VHDs lying around in storage accounts",
].map((question) => ({
  family: "resources" as const,
  question,
  tools: ["search_resources" as const, "list_recommendations" as const, "explain_check" as const],
  says: /unmanaged disks in storage accounts: .+ leased[\s\S]+look left behind[\s\S]+Archive-Data-1\.vhd[\s\S]+GiB[\s\S]+a month/,
}));
