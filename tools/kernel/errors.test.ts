import { describe, expect, it } from "vitest";
import { AppError } from "./errors.ts";

describe("AppError.from", () => {
  it("claims nothing it cannot know of an unforeseen failure, and keeps its text inside", () => {
    const cause = new Error("insert into secrets failed midway");
    const error = AppError.from(cause);
    expect(error).toMatchObject({
      code: "internal",
      message: "Something went wrong on our side.",
      hint: "Try again; if it stays, look at the log.",
      cause,
    });
  });

  it("leaves what was explained already as it is", () => {
    const known = new AppError("conflict", "Already there.");
    expect(AppError.from(known)).toBe(known);
  });
});
