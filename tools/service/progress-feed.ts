import type { Progress } from "../kernel/context.ts";

/** Passes progress of one work to whoever listens at the moment; a late listener first gets the last report. */
export class ProgressFeed {
  #listeners = new Set<(progress: Progress) => void>();
  #last: Progress | undefined;

  report(progress: Progress): void {
    this.#last = progress;
    for (const listener of this.#listeners) listener(progress);
  }

  /** Gives the function that ends listening. */
  listen(listener: (progress: Progress) => void): () => void {
    this.#listeners.add(listener);
    if (this.#last) listener(this.#last);
    return () => this.#listeners.delete(listener);
  }
}
