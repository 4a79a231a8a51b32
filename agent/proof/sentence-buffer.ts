// A dot after these ends no sentence.
const abbreviations =
  /(?:^|[\s(])(?:e\.g|i\.e|vs|approx|ca|no|nos|incl|excl|etc|resp|max|min|avg|est|st|dr|mr|ms|u\.s|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\.$|^\s*\d{1,3}\.$/i;
// A model that never ends a sentence must not make the reader wait for ever.
const LONGEST = 4000;

/**
 * Holds streamed text back until a sentence is whole, so that a figure cut in two by the stream
 * ("$110," + "238") is checked as one. A line's end always ends the sentence.
 */
export class SentenceBuffer {
  #held = "";

  /** The sentences that became whole, each with its trailing space or line end. */
  push(delta: string): string[] {
    this.#held += delta;
    const sentences: string[] = [];
    for (let end = this.#end(); end > 0; end = this.#end()) {
      sentences.push(this.#held.slice(0, end));
      this.#held = this.#held.slice(end);
    }
    return sentences;
  }

  /** What is left when the text ends. */
  flush(): string[] {
    const rest = this.#held;
    this.#held = "";
    return rest ? [rest] : [];
  }

  #end(): number {
    const text = this.#held;
    // The line of next steps is one: names in it may hold dots.
    const isNext = /^\s*\*{0,2}Next:/.test(text);
    for (const match of text.matchAll(/\n+(?=[^\n])|[.!?…][")'\]*_`]*[ \t]+(?=\S)/g)) {
      const end = match.index + match[0].length;
      if (this.#insideReference(match.index) || (isNext && !match[0].startsWith("\n"))) continue;
      if (!match[0].startsWith("\n") && abbreviations.test(text.slice(0, match.index + 1))) continue;
      return end;
    }
    return text.length > LONGEST ? text.length : 0;
  }

  #insideReference(position: number): boolean {
    const open = this.#held.lastIndexOf("{{", position);
    if (open < 0) return false;
    const close = this.#held.indexOf("}}", open);
    return close < 0 ? position - open < 2000 : close > position;
  }
}
