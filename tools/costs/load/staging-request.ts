/** What a staging thread is asked, for the one load that has it. */
export type StagingRequest = { id: number } & StagingTask;

export type StagingTask =
  | { task: "open"; spillDirectory: string }
  | { task: "run" | "rows"; sql: string }
  | { task: "append"; table: string; rows: StagingRow[] }
  | { task: "interrupt" }
  | { task: "close" };

/** Values of one row in the table's order. */
export type StagingRow = (string | null)[];

/** Each request is answered once, in the order they came; only an interrupt overtakes. */
export interface StagingReply {
  id: number;
  rows?: Record<string, unknown>[];
  /** Message of the failure. */
  error?: string;
}
