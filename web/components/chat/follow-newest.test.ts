import { describe, expect, test } from "vitest";
import { FollowNewest } from "./follow-newest.ts";

/** A window of 600 px on so much content. */
const thread = (scrollHeight: number) => ({ scrollTop: 0, scrollHeight, clientHeight: 600 });

describe("FollowNewest", () => {
  test("goes on following when a card grows before the event of its own scrolling comes", () => {
    const follow = new FollowNewest();
    const element = thread(800);
    expect(follow.keep(element, 700)).toBe(true);
    expect(element.scrollTop).toBe(200);
    element.scrollHeight = 1200;
    expect(follow.scrolled(element, 700)).toBe(false);
    expect(follow.keep(element, 700)).toBe(true);
    expect(element.scrollTop).toBe(600);
  });

  test("stops at the newest question, however long its answer is", () => {
    const follow = new FollowNewest();
    const element = thread(3000);
    expect(follow.keep(element, 700)).toBe(false);
    expect(element.scrollTop).toBe(700);
  });

  test("leaves who scrolls up where they are, until the next question", () => {
    const follow = new FollowNewest();
    const element = thread(1200);
    follow.keep(element, 700);
    element.scrollTop = 300;
    follow.scrolled(element, 700);
    element.scrollHeight = 1300;
    follow.keep(element, 700);
    expect(element.scrollTop).toBe(300);
    follow.start();
    follow.keep(element, 700);
    expect(element.scrollTop).toBe(700);
  });

  test("keeps following after a person scrolled down by hand", () => {
    const follow = new FollowNewest();
    const element = thread(900);
    follow.keep(element, 250);
    element.scrollTop = 300;
    follow.scrolled(element, 250);
    element.scrollHeight = 2000;
    follow.keep(element, 1000);
    expect(element.scrollTop).toBe(1000);
  });
});
