import type { Source } from "./actor.ts";

/** Through which door somebody came, after their name: "Ada, in the web". */
export const throughWords: Readonly<Record<string, string>> = {
  web: "in the web",
  rest: "through the API",
  mcp: "through an AI assistant",
  terminal: "in the terminal",
  slack: "in Slack",
  teams: "in Teams",
  agent: "in the chat",
  worker: "by the product",
} satisfies Record<Source, string>;
