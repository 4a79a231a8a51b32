import type { View } from "@cloudoptima/tools/kernel/view.ts";
import type { ToolCallRecord } from "./answer.ts";

/** One tool call of the turn. `output` is absent while it runs and after it failed. */
export interface TurnCall {
  toolCallId: string;
  name: string;
  input: unknown;
  output?: Record<string, unknown>;
  views: View[];
  error?: string;
}

/** The calls of one turn in the order the model made them: what figures point into. */
export class TurnLedger {
  readonly calls: TurnCall[] = [];

  /** The call's index, given out at its first mention. */
  open(toolCallId: string, name: string, input: unknown): number {
    const known = this.calls.findIndex((call) => call.toolCallId === toolCallId);
    if (known >= 0) return known;
    this.calls.push({ toolCallId, name, input, views: [] });
    return this.calls.length - 1;
  }

  complete(toolCallId: string, output: Record<string, unknown>, views: View[]): void {
    const call = this.find(toolCallId);
    if (call) Object.assign(call, { output, views });
  }

  fail(toolCallId: string, error: string): void {
    const call = this.find(toolCallId);
    if (call) call.error = error;
  }

  find(toolCallId: string): TurnCall | undefined {
    return this.calls.find((call) => call.toolCallId === toolCallId);
  }

  records(): ToolCallRecord[] {
    return this.calls.map(({ name, input, output, error }) => ({
      name,
      input,
      output: output ?? (error === undefined ? null : { error }),
    }));
  }
}
