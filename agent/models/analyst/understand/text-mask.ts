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
    const found = this.#rest.matchAll(new RegExp(pattern.source, `${pattern.flags.replace("g", "")}g`));
    // "invoices" in "vm-invoices-prod-001" is a piece of a name.
    const match = found.find(({ index, 0: words }) => !this.#isGlued(index, index + words.length));
    if (match) this.cover(match.index, match.index + match[0].length);
    return match ?? undefined;
  }

  #isGlued(start: number, end: number): boolean {
    return /\w[-_]$/.test(this.text.slice(0, start)) || /^[-_]\w/.test(this.text.slice(end));
  }
}
