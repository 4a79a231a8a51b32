"use client";
import { useCallback, useLayoutEffect, useRef, useState } from "react";

const nearPx = 80;

/**
 * Follows new content until the person scrolls up, but never past the newest question: an answer's first
 * sentence is its finding and must stay in sight when its chart comes.
 */
export function useStickToBottom(content: unknown) {
  const ref = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [atBottom, setAtBottom] = useState(true);

  const toBottom = useCallback(() => {
    sticks.current = true;
    requestAnimationFrame(() => ref.current?.scrollTo({ top: ref.current.scrollHeight }));
  }, []);
  const follow = useCallback(() => {
    sticks.current = true;
  }, []);
  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    const end = element.scrollHeight - element.clientHeight;
    setAtBottom(end - element.scrollTop < nearPx);
    // Scrolling down by hand is free; scrolling up from where we followed to ends the following.
    if (element.scrollTop < Math.min(end, questionTop(element)) - nearPx) sticks.current = false;
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs whenever the content changes
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const keep = () => {
      const end = element.scrollHeight - element.clientHeight;
      const target = Math.min(end, questionTop(element));
      if (sticks.current && element.scrollTop < target) element.scrollTop = target;
      setAtBottom(end - element.scrollTop < nearPx);
    };
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
