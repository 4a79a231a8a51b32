/**
 * The write half of the port. Only the worker gets one, to run a plan that people approved; the arrow check
 * keeps its implementation out of reach of models and MCP.
 *
 * Every method submits and returns; `progress` tells how it goes. Each is safe to submit again after an unknown
 * outcome, because it names the wished state (this power state, these tags, this definition under this name).
 */
export interface CloudWrite {
  /** Deallocates a virtual machine: it stops costing compute, its disks stay. */
  deallocate(id: string, signal: AbortSignal): Promise<Submitted>;
  start(id: string, signal: AbortSignal): Promise<Submitted>;
  /** Sets and removes single tags; the others stay as they are at that moment. */
  changeTags(id: string, change: TagChange, signal: AbortSignal): Promise<Submitted>;
  /**
   * Changes what is named of a resource, in the version that `etag` names (null: whichever); all else stays as it is.
   */
  update(id: string, change: ResourceChange, etag: string | null, signal: AbortSignal): Promise<Submitted>;
  /** Makes a resource. One that exists already under this id is a conflict, never overwritten. */
  create(id: string, definition: ResourceDefinition, signal: AbortSignal): Promise<Submitted>;
  /** Deletes the version that `etag` names (null: whichever). One that is gone already counts as deleted. */
  delete(id: string, etag: string | null, signal: AbortSignal): Promise<Submitted>;
  /** How a submitted change goes, also when another process submitted it. */
  progress(operation: string, signal: AbortSignal): Promise<OperationProgress>;
}

/** A change that the cloud accepted. `operation` resumes it in any process; null: it was finished at once. */
export interface Submitted {
  operation: string | null;
}

export type OperationProgress =
  /** `retryAfterMs`: what the cloud asks to wait; null when it asks nothing. */
  | { state: "running"; retryAfterMs: number | null }
  | { state: "succeeded" }
  /** `message` is the cloud's own, untrusted text. */
  | { state: "failed"; code: string; message: string };

export interface TagChange {
  set: Record<string, string>;
  remove: readonly string[];
}

/** Part of a resource's definition; in Azure the body of a PATCH, which merges objects. */
export interface ResourceChange {
  sku?: Record<string, unknown>;
  properties?: Record<string, unknown>;
}

/** A resource as the cloud's generic create takes it; in Azure the body of a PUT. */
export interface ResourceDefinition {
  type: string;
  region: string;
  tags: Record<string, string>;
  kind?: string;
  sku?: Record<string, unknown>;
  zones?: readonly string[];
  properties: Record<string, unknown>;
}
