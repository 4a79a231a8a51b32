import type { Question } from "../question.ts";
import { mergeFollowUp } from "../understand/merge-follow-up.ts";
import { Names } from "../understand/names.ts";
import { understandQuestion } from "../understand/understand-question.ts";

const entry = (dimension: string, label: string, tagKey: string | null = null) => ({
  dimension,
  tagKey,
  key: label,
  label,
});
/** Names of a small invented organization. */
const names = new Names([
  entry("provider", "azure"),
  entry("subscription", "Contoso Development"),
  entry("resource_group", "rg-dev"),
  entry("resource_group", "rg-data-prod"),
  entry("service", "Virtual Machines"),
  entry("service", "SQL Database"),
  entry("service", "Storage"),
  entry("tag", "data", "Team"),
  entry("tag", "web", "Team"),
  entry("tag", "platform@contoso.example", "Owner"),
  entry("resource", "vm-dev-poc-003"),
  entry("resource", "vm-dev-spike-001"),
  entry("resource", "orders"),
]);

/** Messages of one conversation as the analyst understands them. */
export function saidQuestions(said: readonly string[]): Question[] {
  const questions: Question[] = [];
  const today = Temporal.PlainDate.from("2026-10-14");
  for (const message of said)
    questions.push(
      mergeFollowUp(understandQuestion(message, { names, today, examples: {} }), questions.at(-1)),
    );
  return questions;
}
