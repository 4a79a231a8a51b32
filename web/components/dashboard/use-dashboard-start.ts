"use client";
import { useState } from "react";
import { useSession } from "../../lib/queries.ts";

/**
 * Whether this person has arranged the dashboard already, as this browser remembers, and how to say so: an empty
 * one is then as they want it.
 */
export function useDashboardStart(): [isOver: boolean, end: () => void] {
  const session = useSession();
  const key = `cloudoptima.dashboard-arranged.${session.data?.person?.id}`;
  const [ended, setEnded] = useState(false);
  return [
    ended || remembered(key),
    () => {
      setEnded(true);
      try {
        localStorage.setItem(key, "1");
      } catch {
        // without storage an emptied dashboard shows the start again
      }
    },
  ];
}

function remembered(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
