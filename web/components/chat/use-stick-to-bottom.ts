"use client";
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { FollowNewest } from "./follow-newest.ts";

/** Keeps the newest of a thread in sight while it grows (follow-newest.ts). */
export function useStickToBottom(content: unknown) {
  const ref = useRef<HTMLDivElement>(null);
  const [newest] = useState(() => new FollowNewest());
  const [atBottom, setAtBottom] = useState(true);

  const toBottom = useCallback(() => {
    newest.start();
    requestAnimationFrame(() => ref.current?.scrollTo({ top: ref.current.scrollHeight }));
  }, [newest]);
  const follow = useCallback(() => newest.start(), [newest]);
  const onScroll = useCallback(() => {
    const element = ref.current;
    if (element) setAtBottom(newest.scrolled(element, questionTop(element)));
  }, [newest]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs whenever the content changes
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const keep = () => setAtBottom(newest.keep(element, questionTop(element)));
    keep();
    // Charts are drawn after the text; their height must not leave the end behind.
    const observer = new ResizeObserver(keep);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [content]);

  return { ref, onScroll, follow, toBottom, atBottom };
}

/** Where the newest question would be at the top of the element. */
function questionTop(element: HTMLElement): number {
  const question = [...element.querySelectorAll<HTMLElement>("[data-question]")].at(-1);
  if (!question) return Number.POSITIVE_INFINITY;
  return question.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop - 24;
}
