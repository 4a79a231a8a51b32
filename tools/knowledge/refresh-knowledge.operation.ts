import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { refreshKnowledge } from "./refresh-knowledge.ts";

export default defineOperation({
  name: "refresh_knowledge",
  title: "Bring knowledge up to date",
  description:
    "Puts this version's Well-Architected guidance in place of an older one's, and reads passages by meaning that the embedding model has not read yet. It happens by itself once an hour.",
  permission: "settings:manage",
  effect: "write",
  rest: "POST /knowledge/refresh",
  input: z.object({}),
  output: z.object({
    changed: z.number().int().describe("Pieces of guidance that are new or other than before"),
    embedded: z.number().int().describe("Passages that were read by meaning"),
  }),
  run: refreshKnowledge,
});
