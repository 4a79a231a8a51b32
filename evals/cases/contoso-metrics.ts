import type { EvalCase } from "./eval-case.ts";

const of = (name: string, metric: string, from: string, to: string, aggregation = "average") =>
  `from metrics where resource_id like '%/${name}' and metric_name = '${metric}'
    and aggregation = '${aggregation}' and time >= '${from}' and time < '${to}'`;

/** What was measured of one resource, to three decimals. The week up to the evals' clock is 7-13 October. */
export const contosoMetrics: EvalCase[] = [
  {
    family: "resources",
    question: "show me the CPU of vm-dev-poc-003 over the last week",
    tools: ["get_resource_metrics"],
    truth: `select round(avg(value)::numeric, 3) as percent,
      round((percentile_cont(0.95) within group (order by value))::numeric, 3) as percent_p95
      ${of("vm-dev-poc-003", "cpu_percent", "2026-10-07", "2026-10-14")}`,
  },
  {
    family: "resources",
    question: "peak cpu of vm-web-prod-001 in september?",
    tools: ["get_resource_metrics"],
    truth: `select round(max(value)::numeric, 3) as percent ${of("vm-web-prod-001", "cpu_percent", "2026-09-01", "2026-10-01", "maximum")}`,
  },
  {
    family: "resources",
    question: "memory utilisation of vm-cache-prod-001 in the past 7 days",
    tools: ["get_resource_metrics"],
    says: /memory in use/i,
  },
  {
    family: "resources",
    question: "memory of vm-cache-prod-001 in the past 20 days",
    tools: ["get_resource_metrics"],
    says: /Memory in use[\s\S]*24 Sep 2026 - 13 Oct 2026, from its hours[\s\S]*drawn by day/,
  },
  {
    family: "resources",
    question: "how busy is db ratings",
    tools: ["get_resource_metrics"],
    says: /CPU[\s\S]*Sessions/,
  },
  {
    family: "resources",
    question: "DTU of ratings last week",
    tools: ["get_resource_metrics"],
    says: /No DTU was measured/,
  },
  {
    family: "follow-up",
    before: ["is vm-dev-poc-003 idle?"],
    question: "show me its network traffic last week",
    tools: ["get_resource_metrics"],
    says: /Sent/,
  },
  {
    family: "resources",
    question: "how much CPU does aci-ingest use?",
    tools: ["get_resource_metrics"],
    truth: `select round(avg(value / 4000 * 100)::numeric, 3) as percent
      ${of("aci-ingest", "cpu_millicores", "2026-10-07 09:00Z", "2026-10-14 09:00Z")}`,
    says: /requests/i,
  },
  {
    family: "limits",
    question: "which VMs have the highest CPU usage?",
    declines: /which resource/i,
  },
];
