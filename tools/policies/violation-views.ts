import type { View } from "../kernel/view.ts";
import type { ViolationList } from "./list-policy-violations.tool.ts";

/** The page as a list, worst first. */
export function violationViews(output: ViolationList): View[] {
  if (output.rows.length === 0) return [];
  return [
    {
      type: "list",
      title: "Policy violations",
      items: output.rows.map(({ resource, policyName, severity, problems }) => ({
        title: resource.name,
        detail: `${policyName}: ${problems.join(" ")}`,
        badge: severity,
      })),
      ...(output.totalCount > output.rows.length
        ? { note: `${output.rows.length} of ${output.totalCount} violations` }
        : {}),
    },
  ];
}
