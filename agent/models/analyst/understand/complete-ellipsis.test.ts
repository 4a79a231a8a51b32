import { expect, test } from "vitest";
import { completeEllipsis } from "./complete-ellipsis.ts";

test.each([
  [
    "was the first half of september more expensive than the second half?",
    "was the first half of september more expensive than the second half of september?",
  ],
  [
    "was the first week of september dearer than the last one?",
    "was the first week of september dearer than the last week of september?",
  ],
  ["first half of May vs the other", "first half of May vs the second half of May"],
  ["the first half of May and the second of June", "the first half of May and the second of June"],
  ["are we spending more this quarter than last?", "are we spending more this quarter than last quarter?"],
  ["which is cheaper, EC2 or the last one?", "which is cheaper, EC2 or the last one?"],
])("%s", (said, meant) => {
  expect(completeEllipsis(said)).toBe(meant);
});
