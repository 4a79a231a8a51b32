import { asDatabaseAway } from "@cloudoptima/db/database-away.ts";
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

  it.each([
    Object.assign(new Error("the database system is starting up"), { code: "57P03" }),
    Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" }),
    new Error("Connection terminated unexpectedly"),
    new Error("Client has encountered a connection error and is not queryable"),
    new Error("timeout exceeded when trying to connect"),
  ])("says of a database that is away that it is: %s", (cause) => {
    expect(AppError.from(asDatabaseAway(cause))).toMatchObject({
      code: "unavailable",
      message: "The database does not answer right now.",
    });
  });

  it.each([
    Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }),
    Object.assign(new Error('could not extend file "base/5/16662"'), { code: "53100" }),
    new Error('IO Error: Could not write file "/tmp/x": No space left on device'),
  ])("says of a full disk that it is full: %s", (cause) => {
    expect(AppError.from(cause)).toMatchObject({
      code: "unavailable",
      message: "There is no space left on the disk.",
      cause,
    });
  });

  it("takes no other failure of a database for its being away", () => {
    const failures = [
      Object.assign(new Error("duplicate key"), { code: "23505" }),
      new Error("x"),
      "Connection terminated",
    ];
    for (const failure of failures) expect(asDatabaseAway(failure)).toBe(failure);
  });

  it("leaves what was explained already as it is", () => {
    const known = new AppError("conflict", "Already there.");
    expect(AppError.from(known)).toBe(known);
  });
});
