import type { UIMessageChunk } from "ai";

interface ActiveAnswer {
  question: string;
  chunks: UIMessageChunk[];
  followers: Set<ReadableStreamDefaultController<UIMessageChunk>>;
  abort: AbortController;
  finished: Promise<void>;
}

/**
 * Answers being written, by conversation. An answer belongs to the server, not to the connection that asked:
 * a reload or a lost network leaves it running, and whoever comes back gets it from its beginning.
 */
export class ActiveAnswers {
  readonly #answers = new Map<string, ActiveAnswer>();

  /** The question being answered, or null. It is kept with its answer, so that until then only this knows it. */
  question(key: string): string | null {
    return this.#answers.get(key)?.question ?? null;
  }

  /** Starts pumping the stream that `open` makes and returns a first follower of it. */
  start(
    key: string,
    question: string,
    open: (signal: AbortSignal) => ReadableStream<UIMessageChunk>,
  ): ReadableStream<UIMessageChunk> {
    const abort = new AbortController();
    const answer: ActiveAnswer = {
      question,
      chunks: [],
      followers: new Set(),
      abort,
      finished: Promise.resolve(),
    };
    this.#answers.set(key, answer);
    answer.finished = this.#pump(key, answer, open(abort.signal));
    return this.follow(key)!;
  }

  /** All chunks so far and those to come, or null when nothing is being written. */
  follow(key: string): ReadableStream<UIMessageChunk> | null {
    const answer = this.#answers.get(key);
    if (!answer) return null;
    let mine: ReadableStreamDefaultController<UIMessageChunk>;
    return new ReadableStream({
      start(controller) {
        mine = controller;
        for (const chunk of answer.chunks) controller.enqueue(chunk);
        answer.followers.add(controller);
      },
      cancel() {
        answer.followers.delete(mine);
      },
    });
  }

  /** Asks the answer to end with what it has, and waits until it is kept. */
  async stop(key: string): Promise<boolean> {
    const answer = this.#answers.get(key);
    if (!answer) return false;
    answer.abort.abort();
    await answer.finished;
    return true;
  }

  /** Ends everything, for a shutdown. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#answers.keys()].map((key) => this.stop(key)));
  }

  async #pump(key: string, answer: ActiveAnswer, stream: ReadableStream<UIMessageChunk>): Promise<void> {
    try {
      for await (const chunk of stream) {
        answer.chunks.push(chunk);
        for (const follower of answer.followers) follower.enqueue(chunk);
      }
    } catch {
      const chunk: UIMessageChunk = { type: "error", errorText: "The answer broke off on our side." };
      for (const follower of answer.followers) follower.enqueue(chunk);
    } finally {
      this.#answers.delete(key);
      for (const follower of answer.followers) follower.close();
    }
  }
}
