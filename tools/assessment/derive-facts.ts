import { deriveRelationships, type RelationshipKind } from "../discovery/derive-relationships.ts";
import type { AssessedResource, AssessmentFacts, MetricFigures } from "./assessed-resource.ts";

/** What the resources say of each other, with measured figures and open recommendations beside them. Pure. */
export function deriveFacts(
  resources: readonly AssessedResource[],
  beside: {
    now: Temporal.Instant;
    /** By resource id, then metric. */
    metrics?: ReadonlyMap<string, ReadonlyMap<string, MetricFigures>>;
    /** What rules judge, as "idle_vm microsoft.compute/virtualmachines", and which are open on a resource. */
    judged?: ReadonlySet<string>;
    open?: ReadonlyMap<string, ReadonlySet<string>>;
  },
): AssessmentFacts {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const links = new Map<string, Set<string>>();
  const link = (key: string, id: string) => {
    const ids = links.get(key);
    if (ids) ids.add(id);
    else links.set(key, new Set([id]));
  };
  for (const resource of resources) {
    for (const { fromId, toId, kind } of deriveRelationships(resource)) {
      link(key(fromId, kind, "uses"), toId);
      link(key(toId, kind, "used_by"), fromId);
    }
  }
  const { judged = new Set<string>(), open, metrics } = beside;
  return {
    now: beside.now,
    resource: (id) => byId.get(id),
    related: (id, kind, direction) => [...(links.get(key(id, kind, direction)) ?? [])],
    metric: (id, metric) => metrics?.get(id)?.get(metric),
    recommendation: (id, type) =>
      judged.has(`${type} ${byId.get(id)?.type}`) ? (open?.get(id)?.has(type) ?? false) : undefined,
  };
}

const key = (id: string, kind: RelationshipKind, direction: "uses" | "used_by") =>
  `${direction} ${kind} ${id}`;
