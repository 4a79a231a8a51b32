import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ReplyRequest } from "./reply.ts";

/** A name that the organization's costs know: a value of a dimension, or a tag's name. */
export interface VocabularyEntry {
  dimension: string;
  tagKey: string | null;
  key: string;
  label: string;
}

export interface Vocabulary {
  entries: VocabularyEntry[];
  names: string[];
}

/** The organization's own names, read by code with the person's rights; empty for someone who may not read costs. */
export async function readVocabulary(request: ReplyRequest): Promise<Vocabulary> {
  const { service, actor, source } = request;
  if (!service.registry.find("get_cost_vocabulary")) return { entries: [], names: [] };
  try {
    // Not stopped with the turn: the turn tells that it was stopped, and keeps it.
    const { output } = await service.invoke({ actor, name: "get_cost_vocabulary", input: {}, source });
    const entries = toEntries(output);
    return { entries, names: entries.flatMap(({ key, label }) => [key, label]) };
  } catch (error) {
    if (error instanceof AppError && (error.code === "forbidden" || error.code === "no_data")) {
      return { entries: [], names: [] };
    }
    throw error;
  }
}

interface CostVocabulary {
  dimensions: { dimension: string; values: { key: string; label: string }[] }[];
  tags: { tagKey: string; values: string[] }[];
}

function toEntries(output: Record<string, unknown>): VocabularyEntry[] {
  const { dimensions, tags } = output as unknown as CostVocabulary;
  return [
    ...dimensions.flatMap(({ dimension, values }) =>
      values.map(({ key, label }) => ({ dimension, tagKey: null, key, label })),
    ),
    ...tags.flatMap(({ tagKey, values }) =>
      values.map((value) => ({ dimension: "tag", tagKey, key: value, label: value })),
    ),
  ];
}
