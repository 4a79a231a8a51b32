import type { AssessmentOutput } from "../assessment/assessment-shapes.ts";
import type { ResourceSearchOutput } from "../discovery/search-resources.tool.ts";
import type { View } from "../kernel/view.ts";
import type { ViolationList } from "../policies/list-policy-violations.tool.ts";

/** Resources by type, then the dearest by currency. */
export function typeTable({ counts, rows, totalCount }: ResourceSearchOutput): View[] {
  const currencies = [...new Set(rows.flatMap(({ cost }) => cost.map(({ currency }) => currency)))].sort();
  const dearest = currencies.map((currency): View => {
    const own = rows.filter(({ cost }) => cost.some((amount) => amount.currency === currency));
    return {
      type: "table",
      title: `Dearest resources, ${currency}`,
      currency,
      columns: [
        { key: "name", label: "Resource", format: "text" },
        { key: "type", label: "Type", format: "text" },
        { key: "group", label: "Resource group", format: "text" },
        { key: "status", label: "Status", format: "text" },
        { key: "cost", label: "Cost", format: "money" },
      ],
      rows: own.map((row) => ({
        name: row.name,
        type: row.typeLabel,
        group: row.resourceGroup,
        status: row.status,
        cost: row.cost.find((amount) => amount.currency === currency)!.value,
      })),
      ...(totalCount > own.length ? { note: `${own.length} of ${totalCount} resources` } : {}),
    };
  });
  return [
    {
      type: "table",
      title: "Resources by type",
      columns: [
        { key: "type", label: "Type", format: "text" },
        { key: "count", label: "Resources", format: "count" },
      ],
      rows: (counts ?? []).map(({ label, count }) => ({ type: label, count })),
    },
    ...dearest,
  ];
}

/** How to mend each failing check, and some of the resources that fail it. */
export function mendList({ checks }: AssessmentOutput): View[] {
  if (checks.length === 0) return [];
  return [
    {
      type: "list",
      title: "How to mend them",
      items: checks.map(({ checkId, question, fix, severity, resources, failedCount }) => {
        const named = resources.map(({ name }) => name).join(", ");
        const more = failedCount - resources.length;
        return {
          title: `${checkId}: ${question}`,
          detail: `${fix} Fails: ${named}${more > 0 ? ` and ${more} more` : ""}.`,
          badge: severity,
        };
      }),
    },
  ];
}

/** Every policy and how many resources break it now; of one that is off that is not known. */
export function policyTable(
  policies: readonly { name: string; severity: string; enabled: boolean; openViolationCount: number }[],
): View[] {
  if (policies.length === 0) return [];
  return [
    {
      type: "table",
      title: "Policies",
      columns: [
        { key: "name", label: "Policy", format: "text" },
        { key: "severity", label: "Severity", format: "text" },
        { key: "state", label: "State", format: "text" },
        { key: "count", label: "Open violations", format: "count" },
      ],
      rows: policies.map(({ name, severity, enabled, openViolationCount }) => ({
        name,
        severity,
        state: enabled ? (openViolationCount === 0 ? "kept" : "violated") : "off",
        count: enabled ? openViolationCount : null,
      })),
    },
  ];
}

/** The policies that resources of a place break, and how many do. */
export function brokenPolicies({ byPolicy }: ViolationList): View[] {
  if (byPolicy.length === 0) return [];
  return [
    {
      type: "table",
      title: "Policies that are broken here",
      columns: [
        { key: "name", label: "Policy", format: "text" },
        { key: "severity", label: "Severity", format: "text" },
        { key: "count", label: "Open violations", format: "count" },
      ],
      rows: byPolicy.map(({ policyName, severity, violationCount }) => ({
        name: policyName,
        severity,
        count: violationCount,
      })),
    },
  ];
}

/** Who breaks what, and since when. */
export function violationTable({ rows, totalCount }: ViolationList): View[] {
  if (rows.length === 0) return [];
  return [
    {
      type: "table",
      title: "Resources that break a policy",
      columns: [
        { key: "resource", label: "Resource", format: "text" },
        { key: "group", label: "Resource group", format: "text" },
        { key: "policy", label: "Policy", format: "text" },
        { key: "severity", label: "Severity", format: "text" },
        { key: "problem", label: "What is wrong", format: "text" },
        { key: "since", label: "Since", format: "date" },
      ],
      rows: rows.map(({ resource, policyName, severity, problems, detectedAt }) => ({
        resource: resource.name,
        group: resource.resourceGroup,
        policy: policyName,
        severity,
        problem: problems.join(" "),
        since: detectedAt.slice(0, 10),
      })),
      ...(totalCount > rows.length ? { note: `${rows.length} of ${totalCount} violations` } : {}),
    },
  ];
}
