import type { EvalCase } from "./eval-case.ts";

/** Disks that are page blobs: how many there are, which were left behind, and on which machines they are. */
const told: EvalCase[] = [
  "do we have any unmanaged disks?",
  "list our unmanaged discs",
  "are there VHDs lying around in storage accounts",
].map((question) => ({
  family: "resources" as const,
  question,
  tools: ["search_resources" as const, "list_recommendations" as const, "explain_check" as const],
  says: /unmanaged disks in storage accounts: .+ leased[\s\S]+look left behind[\s\S]+Archive-Data-1\.vhd[\s\S]+GiB[\s\S]+a month/,
}));

/** In which accounts they are: how many, how large, and what the account costs. */
const byAccount: EvalCase[] = [
  "which storage accounts hold disks nobody attached",
  "unleased page blobs per storage account",
].map((question) => ({
  family: "resources" as const,
  question,
  tools: ["search_resources" as const, "list_recommendations" as const],
  truth: `select count(*) as count, 'stdatalake' as name,
      (select sum(effective_cost) from costs
        where day >= '2026-09-01' and day < '2026-10-01' and resource_name = 'stdatalake') as usd
    from resources where resource_type like '%/blobs' and status = 'unleased'`,
}));

export const contosoUnmanaged: EvalCase[] = [...told, ...byAccount];
