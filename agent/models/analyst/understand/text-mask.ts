/** A question whose understood words are blanked out, so that nothing is read twice. Positions stay. */
export class TextMask {
  readonly text: string;
  #rest: string;

  constructor(text: string) {
    this.text = text;
    this.#rest = text;
  }

  get rest(): string {
    return this.#rest;
  }

  cover(start: number, end: number): void {
    this.#rest = this.#rest.slice(0, start) + " ".repeat(end - start) + this.#rest.slice(end);
  }

  /** Words that were covered along with others are left to be read again. */
  uncover(start: number, end: number): void {
    this.#rest = this.#rest.slice(0, start) + this.text.slice(start, end) + this.#rest.slice(end);
  }

  /** The first match in what is left, covered; undefined when there is none. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = new RegExp(pattern.source, pattern.flags.replace("g", "")).exec(this.#rest);
    if (match) this.cover(match.index, match.index + match[0].length);
    return match ?? undefined;
  }
}
