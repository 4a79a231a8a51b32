import type { Figure } from "../answer.ts";
import type { TurnLedger } from "../turn-ledger.ts";
import type { TurnSurroundings } from "./exempt-spans.ts";
import { proveSentence } from "./prove-sentence.ts";
import { SentenceBuffer } from "./sentence-buffer.ts";

export interface ProofOutput {
  figure(id: string, figure: Figure): void;
  text(markdown: string): void;
  /** What followed "Next:" on a line of its own. */
  suggestion(markdown: string): void;
  end(): void;
}

/** Numbers the figures of one answer: 1, 2, 3, … */
export function createFigureIds(): { next(): string } {
  let count = 0;
  return { next: () => String(++count) };
}

/** The gate between a model and the reader: lets one checked sentence through at a time. */
export class TextProof {
  readonly #buffer = new SentenceBuffer();
  readonly #ledger: TurnLedger;
  readonly #surroundings: TurnSurroundings;
  readonly #ids: { next(): string };
  readonly #output: ProofOutput;
  #listPosition = 1;

  constructor(
    ledger: TurnLedger,
    surroundings: TurnSurroundings,
    ids: { next(): string },
    output: ProofOutput,
  ) {
    this.#ledger = ledger;
    this.#surroundings = surroundings;
    this.#ids = ids;
    this.#output = output;
  }

  push(delta: string): void {
    for (const sentence of this.#buffer.push(delta)) this.#release(sentence);
  }

  end(): void {
    for (const sentence of this.#buffer.flush()) this.#release(sentence);
    this.#output.end();
  }

  #release(sentence: string): void {
    const marker = Number(/^\s*(\d{1,3})[.)]\s/.exec(sentence)?.[1]);
    // Only the next number in a row is a list's marker ("4000. dollars" is not); 1 begins another list.
    const isMarker = marker === 1 || marker === this.#listPosition;
    const proven = proveSentence(
      sentence,
      this.#ledger.calls,
      this.#surroundings,
      this.#ids,
      isMarker ? marker : 0,
    );
    if (isMarker) this.#listPosition = marker + 1;
    for (const { id, figure } of proven.figures) this.#output.figure(id, figure);
    const next = /^\s*\*{0,2}Next:\*{0,2}\s+(\S[\s\S]*)$/.exec(proven.markdown)?.[1];
    if (next) this.#output.suggestion(next);
    else this.#output.text(proven.markdown);
  }
}
