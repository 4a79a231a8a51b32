import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { Question } from "../question.ts";
import type { Call } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import type { ChangeScope } from "../understand/change-scope.ts";
import type { ChangeRequest } from "../understand/find-change-request.ts";
import { saysFinding } from "../understand/find-recommendation-types.ts";
import { findResources } from "../understand/find-resources.ts";
import { azureTypeOfId } from "./azure-type.ts";
import { searchVariants } from "./search-variants.ts";

const machines = "microsoft.compute/virtualmachines";
const disks = "microsoft.compute/disks";
const databases = "microsoft.sql/servers/databases";
const addresses = "microsoft.network/publicipaddresses";

/** What the words stop, delete or resize, by the type of the resource: the change, and whose findings are worth it. */
const changes: Record<
  "stop" | "delete" | "improve",
  Record<string, [change: string, recommendation: string]>
> = {
  stop: { [machines]: ["stop_vm", "idle_vm"] },
  delete: {
    [disks]: ["delete_disk", "unattached_disk"],
    [addresses]: ["delete_public_ip", "unused_public_ip"],
    "microsoft.compute/snapshots": ["delete_snapshot", "snapshot_cleanup"],
    "microsoft.network/networkinterfaces": ["delete_network_card", "orphaned_nic"],
    "microsoft.network/loadbalancers": ["delete_load_balancer", "idle_load_balancer"],
    "microsoft.web/serverfarms": ["delete_app_service_plan", "empty_app_service_plan"],
  },
  improve: {
    [machines]: ["resize_vm", "vm_rightsizing"],
    [databases]: ["resize_database", "database_rightsizing"],
    [disks]: ["change_disk_kind", "storage_tier"],
  },
};
/** What carries out a finding that is not a resource's usual improvement. */
const changeOf: Partial<Record<string, string>> = {
  auto_shutdown: "schedule_shutdown",
  serverless_candidate: "make_database_serverless",
};
const most = 50;

/** A resource that a change is meant for. */
export interface Target {
  id: string;
  name: string;
  /** Null: nothing here does that to it. */
  change: string | null;
}

/** The calls that find what is meant; undefined where nothing here can do that, or no search can say it. */
export function lookUp(
  scope: ChangeScope,
  question: Question,
  request: ChangeRequest,
  listed: readonly Call[],
): Call[] | undefined {
  const { type } = findResources(question.text);
  const recommendation = recommendationFor(request, type);
  // A size and a finding's other cures are what the rules worked out for each resource.
  const advice = request.kind === "improve" && request.to === null ? recommendation : null;
  if (scope.kind === "listed") return advice ? [...listed, recommended({ type: advice })] : [...listed];
  if (scope.kind === "named")
    return scope.names.map((name) =>
      advice
        ? recommended({ type: advice, resource: name })
        : { name: "search_resources", input: { text: name, limit: most } },
    );
  const variants = searchVariants({
    ...question,
    filters: question.filters.filter(({ dimension, exclude }) => dimension !== "resource" || !exclude),
  });
  if (!variants || variants.joins === "left" || isImpossible(question, request)) return undefined;
  // Only what nothing uses may be deleted, so deleting always starts from what the rules found.
  const byFinding =
    advice ?? (request.kind === "delete" || saysFinding(question.text) ? recommendation : null);
  return variants.inputs.map(({ text, ...place }) => {
    if (byFinding) return recommended({ ...place, ...(text ? { resource: text } : {}), type: byFinding });
    const kind = request.kind === "stop" ? { type: machines, status: "running" } : type ? { type } : {};
    return {
      name: "search_resources",
      input: { ...place, ...(text ? { text } : {}), ...missingTag(question), ...kind, limit: most },
    };
  });
}

/** "delete all my VMs", "stop the databases": nothing here does that to any of its kind. */
export function isImpossible({ text }: Question, request: ChangeRequest): boolean {
  const { type } = findResources(text);
  if (request.kind === "stop") return type !== undefined && !changes.stop[type];
  return request.kind === "delete" && (type === undefined || !changes.delete[type]);
}

function recommended(input: Record<string, unknown>): Call {
  return { name: "list_recommendations", input: { ...input, limit: most } };
}

/** "the VMs without an Owner tag". */
function missingTag({ filters }: Question): { missingTag?: string } {
  const lacking = filters.find(({ values, exclude }) => values.includes("(untagged)") && !exclude);
  return lacking?.tagKey ? { missingTag: lacking.tagKey } : {};
}

function recommendationFor(request: ChangeRequest, type: string | undefined): string | null {
  if (request.kind === "improve") return request.recommendation;
  if (request.kind === "stop") return changes.stop[machines]![1];
  return request.kind === "delete" && type ? (changes.delete[type]?.[1] ?? null) : null;
}

/** The resources of one result. What only a bill knows is none that can be changed. */
export function readTargets({ name, output }: CallResult, request: ChangeRequest): Target[] {
  if (name === "list_recommendations") {
    const { rows } = output as unknown as RecommendationList;
    return rows.map(({ resource, remediation, type }) => ({
      id: resource.id,
      name: resource.name,
      // Where it cannot be carried out yet, asking for it tells why.
      change:
        (isOfRequest(type, request) ? remediation : null) ?? changeFor(request, azureTypeOfId(resource.id)),
    }));
  }
  const { rows } = output as unknown as ResourceSearchOutput;
  return rows
    .filter(({ knownFrom }) => knownFrom === "inventory")
    .map((row) => ({ id: row.id, name: row.name, change: changeFor(request, row.type) }));
}

/** A finding's own cure is what was asked for; that of another finding is not. */
function isOfRequest(finding: string, request: ChangeRequest): boolean {
  if (request.kind === "improve") return finding === request.recommendation;
  if (request.kind !== "stop" && request.kind !== "delete") return false;
  return Object.values(changes[request.kind]).some(([, recommendation]) => recommendation === finding);
}

function changeFor(request: ChangeRequest, type: string): string | null {
  if (request.kind === "tag") return "add_tags";
  if (request.kind === "improve" && changeOf[request.recommendation])
    return changeOf[request.recommendation]!;
  if (request.kind === "stop" || request.kind === "delete" || request.kind === "improve")
    return changes[request.kind][type]?.[0] ?? null;
  return null;
}

/** One call for each kind of change: "remove the unused disks and IPs" are two plans. */
export function proposals(targets: readonly Target[], request: ChangeRequest): Call[] {
  const choices =
    request.kind === "tag"
      ? { tags: Object.entries(request.tags).map(([name, value]) => ({ name, value })) }
      : request.kind === "improve" && request.to
        ? { to: request.to }
        : {};
  return [...Map.groupBy(targets, ({ change }) => change)].flatMap(([change, same]) =>
    change
      ? [
          {
            name: "propose_change",
            input: { change, resources: same.slice(0, most).map(({ id }) => id), ...choices },
          },
        ]
      : [],
  );
}
