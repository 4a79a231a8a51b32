import { Freshness } from "@cloudoptima/tools/costs/cost-shapes.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { Progress } from "@cloudoptima/tools/kernel/context.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { z } from "zod";
import type { ApiEnvironment } from "./api.ts";

const FreshnessOutput = z.object({ freshness: Freshness });

export interface DataState {
  /** Null: there is no cost data yet. */
  freshness: Freshness | null;
  loading: Progress[];
  /** Why loading ended early. */
  problem: string | null;
  now: string;
}

/** What the first page says about the data: until when it reaches, and what is being loaded. */
export async function readDataState(
  { service, loading }: Pick<ApiEnvironment, "service" | "loading">,
  actor: Actor,
): Promise<DataState> {
  const freshness = await service
    .invoke({ actor, name: "get_data_freshness", input: {}, source: "web" })
    .then(({ output }) => FreshnessOutput.parse(output).freshness)
    .catch((error: unknown) => {
      if (["no_data", "not_found"].includes(AppError.from(error).code)) return null;
      throw error;
    });
  return {
    freshness,
    loading: loading.current(),
    problem: loading.problem(),
    now: service.now().toString(),
  };
}
