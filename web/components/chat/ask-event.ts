const eventName = "cloudoptima:ask";
let pending: string | null = null;

/** Asks on the start page, whether it is shown already or only comes now. */
export function askNewQuestion(question: string): void {
  pending = question;
  window.dispatchEvent(new Event(eventName));
}

/** Calls `ask` with a question that waits, now or later. Returns how to stop listening. */
export function onNewQuestion(ask: (question: string) => void): () => void {
  const take = () => {
    if (pending === null) return;
    const question = pending;
    pending = null;
    ask(question);
  };
  take();
  window.addEventListener(eventName, take);
  return () => window.removeEventListener(eventName, take);
}
