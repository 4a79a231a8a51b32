import type { Question } from "../question.ts";
import type { ChangeRequest } from "./find-change-request.ts";

/** The question about what is to be changed: the names of tags and sizes that it is to get are no filters. */
export function withoutChoice(question: Question, request: ChangeRequest): Question {
  if (!("rest" in request)) return question;
  const { kind, rest } = request;
  const words = rest.toLowerCase();
  const choice = kind === "tag" ? "tag" : null;
  return {
    ...question,
    text: rest,
    filters: question.filters.filter(
      (filter) => filter.dimension !== choice && words.includes(filter.words.toLowerCase()),
    ),
    unread: question.unread?.filter((phrase) => words.includes(phrase.toLowerCase())),
    unknownNames: question.unknownNames.filter((name) => words.includes(name.words.toLowerCase())),
  };
}
