import type { UIMessageChunk } from "ai";
import { expect, test } from "vitest";
import { ActiveAnswers } from "./active-answers.ts";

const delta = (text: string): UIMessageChunk => ({ type: "text-delta", id: "t", delta: text });

async function collect(stream: ReadableStream<UIMessageChunk>): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += chunk.type === "text-delta" ? chunk.delta : `<${chunk.type}>`;
  return text;
}

/** An answer that the test writes by hand. */
function openByHand() {
  let controller!: ReadableStreamDefaultController<UIMessageChunk>;
  let signal!: AbortSignal;
  const open = (given: AbortSignal) => {
    signal = given;
    return new ReadableStream<UIMessageChunk>({
      start(given) {
        controller = given;
      },
    });
  };
  return {
    open,
    write: (text: string) => controller.enqueue(delta(text)),
    end: () => controller.close(),
    signal: () => signal,
  };
}

test("an answer goes on when its reader leaves, and is given whole to whoever comes back", async () => {
  const answers = new ActiveAnswers();
  const answer = openByHand();
  const first = answers.start("a", "why?", answer.open);
  answer.write("one ");
  await first.cancel();
  answer.write("two ");
  await Promise.resolve();
  expect(answers.question("a")).toBe("why?");
  const second = collect(answers.follow("a")!);
  answer.write("three");
  answer.end();
  expect(await second).toBe("one two three");
  expect(answers.question("a")).toBeNull();
  expect(answers.follow("a")).toBeNull();
});

test("stop aborts the answer and waits until it ended", async () => {
  const answers = new ActiveAnswers();
  const answer = openByHand();
  const reader = collect(answers.start("a", "why?", answer.open));
  answer.write("half");
  const stopped = answers.stop("a");
  expect(answer.signal().aborted).toBe(true);
  answer.end();
  expect(await stopped).toBe(true);
  expect(await reader).toBe("half");
  expect(await answers.stop("a")).toBe(false);
});

test("a stream that breaks ends with an error for its readers, not with silence", async () => {
  const answers = new ActiveAnswers();
  const reader = collect(
    answers.start(
      "a",
      "why?",
      () => new ReadableStream({ start: (controller) => controller.error(new Error("cut")) }),
    ),
  );
  expect(await reader).toBe("<error>");
  expect(answers.question("a")).toBeNull();
});
