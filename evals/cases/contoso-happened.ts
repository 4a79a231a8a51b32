import type { EvalCase } from "./eval-case.ts";

const lastWeek = "day >= '2026-10-05' and day < '2026-10-12'";

/** What happened to resources, by whom: what the cloud tells of the two weeks before the first scan. */
export const contosoHappened: EvalCase[] = [
  {
    family: "resources",
    question: "what changed last week?",
    tools: ["list_resource_changes"],
    truth: `select count(*) as count_changes from planted_change where ${lastWeek}`,
    says: /, by \S+@contoso\.example/,
  },
  {
    family: "resources",
    question: "who scaled databases this month?",
    tools: ["list_resource_changes"],
    truth: `select name, changed_by, from_value || ' → ' || to_value as cores from planted_change
      where path = 'sku.capacity' and day >= '2026-10-01'`,
  },
  {
    family: "resources",
    question: "which snapshots were deleted last week?",
    tools: ["list_resource_changes"],
    truth: `select name from planted_change where kind = 'Delete' and ${lastWeek}`,
    says: /gone/i,
  },
  {
    family: "resources",
    question: "who deleted disks last week?",
    tools: ["list_resource_changes"],
    declines: /no such change/i,
  },
];
