import { useEffect, useRef, useState } from "react";

const typingMs = 250;

/** Typing stays quick: the address, and with it the list, follows a moment after the last key. */
export function useTyped(value: string, onTyped: (value: string) => void): [string, (value: string) => void] {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Its own echo must not undo what was typed since; anything else (Back, a link, "Clear") is newer than it.
    if (value === sent.current) return;
    sent.current = value;
    clearTimeout(timer.current);
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next;
      onTyped(next);
    }, typingMs);
  };
  return [typed, type];
}
