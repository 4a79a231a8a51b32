import type { z } from "zod";
import type { CloudLock, CloudRead, LiveResource } from "../clouds/cloud.ts";
import type { CloudWrite, Submitted } from "../clouds/cloud-write.ts";

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
export type JsonRecord = { readonly [key: string]: JsonValue };
export type Risk = "low" | "medium" | "high";

/** What planning and re-checking may look at: the read half of the cloud and the clock, nothing that writes. */
export interface ActionReader {
  cloud: CloudRead;
  /** The business clock, which metrics follow. */
  now(): Temporal.Instant;
  /** The real clock: snapshots and expiries are promises of real time. */
  realNow(): Date;
  signal: AbortSignal;
  /** Locks of the resource, its group and its subscription. */
  locks: readonly CloudLock[];
}

/** What is known of the change of one resource before anyone approves it; all of it is frozen and shown. */
export interface PlannedChange {
  /** Everything that apply and undo need, so that neither has to guess later. */
  parameters: JsonRecord;
  /** What a person should know before approving: what is lost, what stays billed. */
  effects: string[];
  risk: Risk;
  reversible: boolean;
  /** Cost a month of what the change creates; null when it creates nothing. Unit: the organization's currency. */
  createdMonthlyCost: { value: string; currency: string } | null;
}

/** What a step may do while it runs. */
export interface StepContext {
  cloud: CloudRead & CloudWrite;
  resourceId: string;
  /** Null when the resource does not exist (any more). */
  live: LiveResource | null;
  parameters: JsonRecord;
  signal: AbortSignal;
}

/**
 * One write. `submit` names the wished state, so that submitting it again is harmless; `verify` reads the cloud
 * and alone decides whether it happened.
 */
export interface ActionStep {
  name: string;
  /** Whether this plan needs it at all; left out: always. */
  when?(parameters: JsonRecord): boolean;
  /** What it makes of the drift fields: the next write expects this of the resource, and nothing else new. */
  changes?(parameters: JsonRecord): JsonRecord;
  /**
   * It puts right what an earlier step took away, so it runs also when one between them failed, which is then told
   * with this sentence; where it fails itself, a person has to look.
   */
  restores?: string;
  submit(ctx: StepContext): Promise<Submitted>;
  verify(ctx: Omit<StepContext, "cloud"> & { cloud: CloudRead }): Promise<StepState>;
}

/**
 * What the cloud shows of a write. under_way: it has begun, so it must not be asked for again. unknown: the cloud
 * cannot tell, so a person has to look.
 */
export type StepState = "done" | "not_done" | "under_way" | "unknown";

/** The way there or the way back: what must still be true, what else speaks against it, the writes. */
export interface ActionChange {
  /** Fields of the live resource (null: it does not exist) that must be the same at each write as when planned. */
  driftFields(live: LiveResource | null, parameters: JsonRecord): JsonRecord;
  /** Why it must not run now although nothing drifted, e.g. "the CPU was busy in the last hour"; null: nothing. */
  checkEvidence(
    reader: ActionReader,
    live: LiveResource | null,
    parameters: JsonRecord,
    /** Name of the write that is to come; left out: it is only planned. */
    step?: string,
  ): Promise<string | null>;
  steps: readonly ActionStep[];
}

export interface ActionSpec<Name extends string = string, Input extends z.ZodObject = z.ZodObject> {
  /** snake_case; what propose_change is asked for. */
  name: Name;
  /** Rises when a frozen plan of the older version must not run any more. */
  version: number;
  /** "Stop virtual machines". Who approves follows from the risk (tools/remediation/may-decide.ts). */
  title: string;
  /** What people say when they want it; they teach models and the analyst. */
  examples: readonly string[];
  /** Lower case; null: any type. */
  resourceType: string | null;
  /** Recommendation types that it carries out; their savings become the plan's. */
  resolves: readonly string[];
  /** Provider operations that the connection's identity needs, e.g. "Microsoft.Compute/disks/delete". */
  operations: readonly string[];
  /** One line for a card: "Stop 3 virtual machines". */
  headline(count: number, parameters: JsonRecord): string;
  /** What a proposer chooses besides the resources. */
  input: Input;
  /** Throws an AppError when this resource must not be changed so. */
  plan(reader: ActionReader, live: LiveResource, input: z.infer<Input>): Promise<PlannedChange>;
  apply: ActionChange;
  /** What apply leaves behind for its undo, to be deleted at `until` (ISO, real clock). */
  leavesBehind?(parameters: JsonRecord): { resourceId: string; until: string };
  /** The way back. Without one an action must say why it is irreversible. */
  undo: ActionUndo | { irreversible: string };
}

/** The way back: a plan of its own, made from the state after the change and approved like any other. */
export interface ActionUndo extends ActionChange {
  /** One sentence for the card of the change. */
  describe(parameters: JsonRecord): string;
  /** One line for the card of the undo. */
  headline(count: number): string;
  /** What a person should know before undoing. */
  effects?(parameters: JsonRecord): string[];
  /** ISO time (real clock) after which it is too late; null: never. */
  until(parameters: JsonRecord): string | null;
  operations: readonly string[];
}

export interface Action<Name extends string = string, Input extends z.ZodObject = z.ZodObject>
  extends ActionSpec<Name, Input> {
  kind: "action";
}

/**
 * Defines a cloud change once, in one file. The tool propose_change plans it, a person decides on the plan, and the
 * worker alone carries it out.
 */
export function defineAction<const Name extends string, Input extends z.ZodObject>(
  spec: ActionSpec<Name, Input>,
): Action<Name, Input> {
  return { kind: "action", ...spec };
}
