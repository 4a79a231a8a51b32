const nearPx = 80;

type Scrolled = Pick<HTMLElement, "scrollTop" | "scrollHeight" | "clientHeight">;

/**
 * Follows new content until the person scrolls up, but never past the newest question: an answer's first
 * sentence is its finding and must stay in sight when its chart comes.
 */
export class FollowNewest {
  #follows = true;
  #top = 0;

  /** Follows again, whatever was scrolled before. */
  start(): void {
    this.#follows = true;
  }

  /** The content may have grown; `questionTop` is where the newest question would be at the top. Is the end in sight? */
  keep(element: Scrolled, questionTop: number): boolean {
    const end = element.scrollHeight - element.clientHeight;
    const target = Math.min(end, questionTop);
    if (this.#follows && element.scrollTop < target) element.scrollTop = target;
    this.#top = element.scrollTop;
    return end - element.scrollTop < nearPx;
  }

  /** Somebody or something scrolled. Is the end in sight? */
  scrolled(element: Scrolled, questionTop: number): boolean {
    const end = element.scrollHeight - element.clientHeight;
    // The event of our own scrolling comes late, when a card may have grown already: only going up is a wish.
    const wentUp = element.scrollTop < this.#top;
    this.#top = element.scrollTop;
    // Scrolling down by hand is free; scrolling up from where we followed to ends the following.
    if (wentUp && element.scrollTop < Math.min(end, questionTop) - nearPx) this.#follows = false;
    return end - element.scrollTop < nearPx;
  }
}
