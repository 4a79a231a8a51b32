import type { Database } from "@cloudoptima/db/client.ts";
import {
  type ItemRow,
  type JournalRow,
  listItems,
  listJournal,
  moveProposal,
  type ProposalRow,
  type ProposalStatus,
} from "@cloudoptima/db/queries/proposals.ts";
import {
  appendJournal,
  claimDueLeftovers,
  claimPlan,
  keepLeftover,
  releaseLease,
  renewLease,
  settleLeftover,
  updateItem,
} from "@cloudoptima/db/queries/remediation-runs.ts";
import { withWorker } from "@cloudoptima/db/worker-role.ts";

export interface JournalEntry {
  position: number;
  step: string;
  state: JournalRow["state"];
  details?: Record<string, unknown>;
}

export interface ItemUpdate {
  position: number;
  status: "executing" | "verifying" | "completed" | "failed" | "needs_attention";
  reason?: string;
  result?: Record<string, unknown>;
}

/** Another worker has the plan now: this one must write nothing more, neither here nor in a cloud. */
export class LeaseLost extends Error {
  constructor() {
    super("Another worker took this plan over.");
    this.name = "LeaseLost";
  }
}

/** What one run keeps of one plan. Every write holds the lease, or throws LeaseLost and keeps nothing. */
export interface RunStore {
  /** Takes the plan; undefined: somebody else has it or it is not approved. */
  claim(): Promise<{ plan: ProposalRow; items: ItemRow[]; journal: JournalRow[] } | undefined>;
  renew(): Promise<void>;
  release(): Promise<void>;
  journal(entry: JournalEntry): Promise<void>;
  item(update: ItemUpdate): Promise<void>;
  move(from: readonly ProposalStatus[], to: ProposalStatus, reason?: string): Promise<void>;
  /** Moves another plan of the organization: the one that this one undid. */
  moveOther(id: string, from: readonly ProposalStatus[], to: ProposalStatus): Promise<boolean>;
  leaveBehind(position: number, resourceId: string, deleteAt: Date): Promise<void>;
}

export interface RunStoreOptions {
  database: Database;
  organizationId: string;
  actionId: string;
  /** This run's own id, which the lease carries. */
  owner: string;
  leaseSeconds: number;
  realNow(): Date;
}

/** The store of a run in the database, as the worker's role. */
export function createRunStore(options: RunStoreOptions): RunStore {
  const { database, organizationId, actionId, owner, leaseSeconds, realNow } = options;
  const lease = { id: actionId, owner, leaseSeconds };

  const holding = <Result>(
    work: (transaction: Parameters<Parameters<typeof withWorker>[2]>[0]) => Promise<Result>,
  ): Promise<Result> =>
    withWorker(database, organizationId, async (transaction) => {
      if (!(await renewLease(transaction, lease))) throw new LeaseLost();
      return work(transaction);
    });

  return {
    claim: () =>
      withWorker(database, organizationId, async (transaction) => {
        const plan = await claimPlan(transaction, lease);
        if (!plan) return undefined;
        return {
          plan,
          items: await listItems(transaction, actionId),
          journal: await listJournal(transaction, actionId),
        };
      }),
    renew: () => holding(async () => undefined),
    release: () =>
      withWorker(database, organizationId, (transaction) => releaseLease(transaction, actionId, owner)),
    journal: (entry) =>
      holding((transaction) =>
        appendJournal(transaction, { ...entry, organizationId, actionId, at: realNow() }),
      ),
    item: (update) =>
      holding((transaction) => updateItem(transaction, { ...update, actionId, at: realNow() })),
    move: (from, to, reason) =>
      holding(async (transaction) => {
        const move = { id: actionId, from, to, at: realNow(), ...(reason === undefined ? {} : { reason }) };
        if (!(await moveProposal(transaction, move))) throw new LeaseLost();
      }),
    moveOther: (id, from, to) =>
      holding((transaction) => moveProposal(transaction, { id, from, to, at: realNow() })),
    leaveBehind: (position, resourceId, deleteAt) =>
      holding((transaction) =>
        keepLeftover(transaction, { organizationId, actionId, position, resourceId, deleteAt }),
      ),
  };
}

/** Marks a proposal that nobody decided on in time. */
export async function expirePlan(
  database: Database,
  organizationId: string,
  actionId: string,
  at: Date,
): Promise<boolean> {
  return withWorker(database, organizationId, (transaction) =>
    moveProposal(transaction, {
      id: actionId,
      from: ["proposed", "simulated"],
      to: "expired",
      reason: "Nobody decided in time.",
      at,
    }),
  );
}

/** What a finished plan left behind and is past its time; `settle` keeps how deleting it went. */
export function createLeftoverStore(database: Database, organizationId: string, actionId: string) {
  return {
    claimDue: (retryAt: Date) =>
      withWorker(database, organizationId, (transaction) =>
        claimDueLeftovers(transaction, actionId, retryAt),
      ),
    settle: (position: number, outcome: Parameters<typeof settleLeftover>[2]) =>
      withWorker(database, organizationId, (transaction) =>
        settleLeftover(transaction, { actionId, position }, outcome),
      ),
  };
}
