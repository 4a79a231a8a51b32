/** The first page's questions: one for each kind of look. Each works on both demo organizations. */
export const exampleQuestions = [
  "What did we spend last month by service?",
  "Why did our cost change last month?",
  "Show daily cost for the past 90 days",
  "Where can we save money?",
] as const;
