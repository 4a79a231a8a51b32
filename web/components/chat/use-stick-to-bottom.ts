"use client";
import { useCallback, useLayoutEffect, useRef, useState } from "react";

const nearPx = 80;

/** Keeps a scrolling element at its end while new content comes, until the person scrolls up. */
export function useStickToBottom(content: unknown) {
  const ref = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [atBottom, setAtBottom] = useState(true);

  const toBottom = useCallback(() => {
    sticks.current = true;
    requestAnimationFrame(() => ref.current?.scrollTo({ top: ref.current.scrollHeight }));
  }, []);
  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    setAtBottom(sticks.current);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs whenever the content changes
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const keep = () => {
      if (sticks.current) element.scrollTop = element.scrollHeight;
    };
    keep();
    // Charts are drawn after the text; their height must not leave the end behind.
    const observer = new ResizeObserver(keep);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [content]);

  return { ref, onScroll, toBottom, atBottom };
}
