import type { z } from "zod";
import type { Period } from "../costs/cost-shapes.ts";
import type { ReadContext } from "../kernel/context.ts";
import type { View } from "../kernel/view.ts";
import type { Basis, Figure } from "./report-content.ts";
import type { ReportPlace } from "./report-place.ts";

/** What a report tells of. */
export interface ReportScope {
  period: Period;
  place: ReportPlace;
}

/** A figure by where it stands in the output. */
export type FigureAt = Omit<Figure, "value" | "detail" | "isHeadline" | "isChange"> & {
  detail?: string | undefined;
  isHeadline?: boolean;
  isChange?: boolean;
};

/** What a section asks of one definition, and what it shows of the answer. */
export interface ReportQuestion {
  title: string;
  tool: string;
  input: Record<string, unknown>;
  basis: Basis;
  /** Why there is nothing to tell, beside data that was never read; null: there is. */
  missing(ctx: ReadContext): Promise<Missing | null>;
  answer(ctx: ReadContext): Promise<{
    input: Record<string, unknown>;
    output: Record<string, unknown>;
    figures: FigureAt[];
    views: View[];
    notes: string[];
  }>;
}

export interface Missing {
  reason: string;
  hint: string;
}

interface Answering<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  input: Input;
  output: Output;
  run(ctx: ReadContext, input: z.infer<Input>): Promise<z.infer<Output>>;
  views?(output: z.infer<Output>): View[];
}

/**
 * Binds a definition to its input: what answers a question in the chat is what a report calls, so that both tell the
 * same. `views` replaces what faces draw of it.
 */
export function question<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Answering<Input, Output>,
  asked: {
    title: string;
    basis: Basis;
    input: z.input<Input>;
    missing?(ctx: ReadContext): Promise<Missing | null>;
    figures?(output: z.infer<Output>): FigureAt[];
    views?(output: z.infer<Output>): View[];
    notes?(output: z.infer<Output>): (string | null)[];
  },
): ReportQuestion {
  return {
    title: asked.title,
    tool: definition.name,
    input: asked.input as Record<string, unknown>,
    basis: asked.basis,
    missing: asked.missing ?? (async () => null),
    async answer(ctx) {
      const input = definition.input.strict().parse(asked.input) as z.infer<Input>;
      const output = definition.output.parse(await definition.run(ctx, input)) as z.infer<Output>;
      const views = asked.views?.(output) ?? definition.views?.(output) ?? [];
      return {
        input: input as Record<string, unknown>,
        output: output as Record<string, unknown>,
        figures: asked.figures?.(output) ?? [],
        // Figures of their own show these.
        views: views.filter(({ type }) => type !== "metric" && type !== "proposal"),
        notes: (asked.notes?.(output) ?? []).filter((note) => note !== null),
      };
    },
  };
}
